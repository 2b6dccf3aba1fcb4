package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.Roll;

/// What members write to each other about leases. Any of it may be lost, late, repeated.
///
/// Every letter says by which roll its writer acts, which it will never take back: so each is also
/// the acknowledgement of that roll.
public sealed interface LeaseLetter {

  /// The number of the roll that the writer acts by.
  long roll();

  /// Asks for a lease from now on.
  record Ask(long round, long roll) implements LeaseLetter {}

  /// @param wallMillis what the wall clock of whoever grants shows
  /// @param versionMillis what the clock shows that he takes versions from
  record Granted(long round, long roll, long wallMillis, long versionMillis)
      implements LeaseLetter {}

  record Denied(long round, long roll) implements LeaseLetter {}

  /// The roll itself: to all when it is new, and to whoever acts by an older one.
  record NewRoll(Roll newest) implements LeaseLetter {

    @Override
    public long roll() {
      return newest.number();
    }
  }
}
