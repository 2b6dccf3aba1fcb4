package dev.troupe.runtime.lease;

/// What allows a member to read: a lease of a majority, and that the store has shown it a roll that
/// it acts by.
///
/// @param asked when the lease was asked for
/// @param beaten when the store was asked
public record Cover(TwoClocks asked, TwoClocks beaten, LeaseSettings settings) {

  public boolean holds(TwoClocks now) {
    return now.isWithin(settings.lease(), asked) && now.isWithin(settings.storeSilence(), beaten);
  }
}
