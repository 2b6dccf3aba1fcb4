package dev.troupe.runtime.lease;

/// Where readers find out whether this member may read: asked by the owner, on any thread, *after*
/// the state was read that is to be handed out. Then nobody else can have served a newer one when
/// it was read.
public interface LeaseBoard {

  /// For the member of a cluster that can have no other.
  LeaseBoard ALONE = () -> true;

  /// Whether a lease covers this moment.
  boolean covers();

  /// Why none does, in words that a sentence begins with.
  default String why() {
    return "the store does not answer";
  }
}
