package dev.troupe.clusterconfig.member;

import java.util.concurrent.CompletionStage;

/// A member that serves, seen from the command that started it.
public interface RunningMember {

  /// The port that is served: the one that was asked for, or the one that was free.
  int port();

  /// Completes when the member has stopped: normally after [#stop], with the reason otherwise.
  CompletionStage<Void> ended();

  /// Refuses new requests, finishes those in flight and closes the store. Returns when that is
  /// done; calling it again waits for the first call.
  void stop();
}
