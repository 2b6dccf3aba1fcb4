package dev.troupe.runtime.store.cluster;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import java.util.concurrent.CompletionStage;

/// Where the members of a cluster are written down, one [Roll] after the other. The store that all
/// of them share implements it; all methods may be called from any thread and none blocks the
/// caller.
///
/// What it answers was so at some moment between the call and the answer, and each call is in one
/// order with all others. What it has written is as durable as an event, a beat as well: a store
/// that has been replaced by another one answers nothing. Stages fail with
/// [dev.troupe.runtime.store.StoreException] when the outside world fails; then nobody knows
/// whether the call took effect.
public interface ClusterStore {

  /// Shows that a member is there. That counts as a beat of the cluster only if the newest roll
  /// includes it.
  CompletionStage<Standing> beat(MemberId self);

  /// Writes a roll, if the newest one has the number before its. Whoever was struck from a roll
  /// once is left out. Nothing is written if that makes it the same as the newest, or leaves
  /// nobody. An empty one ends the cluster: it is written by the last member, when it serves
  /// nothing any more and the roll before is over.
  ///
  /// @return what is written now, be it what was wanted or not
  CompletionStage<Roll> change(Roll next);

  /// Begins a cluster of one member, if nothing has moved since it was seen: neither has a member
  /// of the former cluster shown itself, nor has somebody else written a roll. Whether it was still
  /// for long enough is for the caller to say.
  ///
  /// @return what is written now, be it what was wanted or not; fails with a sentence if somebody
  ///   has the store for itself
  CompletionStage<Standing> form(MemberId self, Standing seen);
}
