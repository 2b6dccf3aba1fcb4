package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.plan.EventWriter;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.Stamp;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;

/// Makes the writes of an object's rounds, each with the stamp of its decision.
final class Writes {

  private final Profile profile;
  private final ResourceKey key;

  Writes(Profile profile, ResourceKey key) {
    this.profile = profile;
    this.key = key;
  }

  /// @param decision tells it apart from all others of the object
  /// @param there whether it is to be added or to go
  PlannedWrite finalizer(Round round, String decision, boolean there, long now) {
    return profile
        .writer()
        .finalizer(profile.finalizer(), there, round.subject(), stamp(round, decision, now));
  }

  /// The next write of the plan.
  ///
  /// @throws RuntimeException if the plan makes no sense
  PlannedWrite next(Writing writing, long now) {
    return writing.take(profile.writer(), stamp(writing.round(), writing.decision(), now));
  }

  /// The Kubernetes Event of a saying.
  PlannedWrite event(Writing writing, Decided.Saying saying, long now) {
    var count = saying.count();
    return EventWriter.write(
        saying.note(),
        saying.digest(),
        count.count(),
        Instant.ofEpochMilli(count.firstMillis()),
        writing.round().subject(),
        profile.component(),
        stamp(writing.round(), writing.decision(), now));
  }

  private Stamp stamp(Round round, String decision, long now) {
    var cause =
        WriteCause.controller(
            profile.controller(),
            String.join("; ", round.causes().words()),
            key,
            round.subject().version());
    var name = profile.controller() + "/" + key + "/" + decision;
    return new Stamp(name, cause, profile.fieldManager(), Instant.ofEpochMilli(now));
  }
}
