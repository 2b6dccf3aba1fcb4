package dev.troupe.testkit.experiment.record;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How a partition came from one member to another.
///
/// @param from who had it; empty if nobody is known to have had it
/// @param to who got it
/// @param lost when its owner was struck, or began to leave
/// @param reached when each step was done; those that nobody saw are not in it
public record Takeover(
    String partition, String from, String to, long lost, Map<Step, Long> reached) {

  /// What must be done, one after the other, before clients are served again.
  public enum Step {
    /// Somebody noticed that the owner does not answer.
    DETECTED,
    /// The members agreed that it is gone.
    DOWNED,
    /// The partition was given to somebody.
    ALLOCATED,
    /// The new owner has its epoch.
    OPENED,
    /// It has read what is stored.
    SCANNED,
    /// It answers: nobody can read any more from who had it before.
    SERVING
  }

  public Takeover {
    var ordered = new EnumMap<Step, Long>(Step.class);
    ordered.putAll(reached);
    reached = Collections.unmodifiableMap(ordered);
  }

  /// From the loss to when it was served again, if somebody saw that.
  public Optional<Long> took() {
    return Optional.ofNullable(reached.get(Step.SERVING)).map(serving -> serving - lost);
  }
}
