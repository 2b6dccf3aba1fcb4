package dev.troupe.clusterconfig.discovery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Looks up what blocks, on a thread of its own: it may hang for as long as a resolver does.
final class Lookup {

  private Lookup() {}

  static CompletionStage<List<String>> of(Supplier<List<String>> blocking) {
    return CompletableFuture.supplyAsync(
        blocking, task -> Thread.ofPlatform().daemon().name("seeds").start(task));
  }
}
