package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.Seen;
import java.util.Optional;

/// What somebody saw of one object when he asked for it, alone or in a list.
///
/// @param version 0 if it was not there
/// @param value empty if it was not there
/// @param shown as reports write it
record ObjectLook(String key, long start, long end, long version, String value, String shown) {

  private static final int NOT_FOUND = 404;

  boolean isAbsent() {
    return version == 0;
  }

  /// Empty if the answer does not say what there is.
  static Optional<ObjectLook> of(Operation read) {
    if (read.kind() != Kind.GET) {
      return Optional.empty();
    }
    if (read.outcome() == Outcome.DONE) {
      return Optional.of(look(read, read.version(), read.value()));
    }
    return read.outcome() == Outcome.REFUSED && read.code() == NOT_FOUND
        ? Optional.of(look(read, 0, ""))
        : Optional.empty();
  }

  private static ObjectLook look(Operation read, long version, String value) {
    return new ObjectLook(read.key(), read.start(), read.end(), version, value, read.toString());
  }

  static ObjectLook of(Listed list, String key) {
    Seen seen = list.objects().get(key);
    var what = seen == null ? "lacks it" : "has it as " + seen.value() + " @" + seen.version();
    return new ObjectLook(
        key,
        list.start(),
        list.end(),
        seen == null ? 0 : seen.version(),
        seen == null ? "" : seen.value(),
        "the list of %s at %d %s [%d, %d]"
            .formatted(key, list.version(), what, list.start(), list.end()));
  }
}
