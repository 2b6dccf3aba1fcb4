package dev.troupe.clusterconfig.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/// Asks a member whether it serves.
@FunctionalInterface
public interface ReadinessProbe {

  /// Never fails: no answer is [Pulse#SILENT].
  CompletionStage<Pulse> ask(InetSocketAddress member);
}
