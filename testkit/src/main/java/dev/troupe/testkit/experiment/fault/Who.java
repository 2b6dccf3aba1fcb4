package dev.troupe.testkit.experiment.fault;

import java.util.Locale;

/// Whom a fault is meant for, as an experiment says it.
public sealed interface Who {

  /// How a file says it.
  String word();

  /// A member that is told by what it does when the fault comes.
  enum Role implements Who {
    /// Whoever owns a partition; which one is drawn.
    OWNER,
    /// The member with the coordinator of sharding: the oldest.
    COORDINATOR,
    /// Whom Pekko's cluster has as its leader.
    LEADER,
    /// One that is neither the coordinator nor anybody in particular.
    OTHER,
    /// One that is drawn, whatever it does.
    ANY,
    /// Every member, at once.
    ALL;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One that the experiment numbers.
  ///
  /// @param number from 1
  record MemberNumber(int number) implements Who {

    public MemberNumber {
      if (number < 1) {
        throw new IllegalArgumentException("members are counted from 1, this is " + number);
      }
    }

    @Override
    public String word() {
      return Integer.toString(number);
    }
  }
}
