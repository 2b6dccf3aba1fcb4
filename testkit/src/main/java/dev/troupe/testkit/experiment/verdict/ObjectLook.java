package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import java.util.Optional;

/// What somebody saw of one object when he asked for it, alone or in a list.
///
/// @param version 0 if it was not there
/// @param value empty if it was not there
/// @param seen the answer; there are very many
record ObjectLook(String key, long start, long end, long version, String value, Observation seen) {

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
    return new ObjectLook(read.key(), read.start(), read.end(), version, value, read);
  }

  static ObjectLook of(Listed list, String key) {
    var there = list.objects().get(key);
    return there == null
        ? new ObjectLook(key, list.start(), list.end(), 0, "", list)
        : new ObjectLook(key, list.start(), list.end(), there.version(), there.value(), list);
  }

  /// As reports write it.
  String shown() {
    return seen instanceof Listed list
        ? "the list of %s at %d %s [%d, %d]"
            .formatted(
                key,
                list.version(),
                isAbsent() ? "lacks it" : "has it as " + value + " @" + version,
                start,
                end)
        : seen.toString();
  }
}
