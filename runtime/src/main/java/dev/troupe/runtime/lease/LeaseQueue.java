package dev.troupe.runtime.lease;

import org.jspecify.annotations.Nullable;

/// Where whoever is about to serve something waits until its member may read. Told from any thread;
/// what waits is run once at most, on a thread that must not be kept.
public interface LeaseQueue {

  /// Whose leases these are.
  MemberId member();

  /// Waits for the first lease that is asked for from now on.
  void awaitLease(Runnable ready);

  /// The same, when in addition whoever served before can read no more.
  ///
  /// @param owner who served last; null if nobody has noted that, as a member that was alone did
  void awaitGuard(@Nullable MemberId owner, Runnable ready);

  /// Does not wait any more; without effect if it does not.
  void forget(Runnable ready);
}
