package dev.troupe.runtime.store;

import dev.troupe.runtime.store.EventStore.Outcome;

/// Something is definitely not stored, and never will be: says why and what to do.
public final class NotStoredException extends StoreException {
  private static final long serialVersionUID = 1;

  private final Outcome outcome;

  /// @param outcome anything but [Outcome#STORED]
  public NotStoredException(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
