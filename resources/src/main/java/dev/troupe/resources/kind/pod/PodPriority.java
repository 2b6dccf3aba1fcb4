package dev.troupe.resources.kind.pod;

import java.util.OptionalInt;

/// The priority classes that every cluster has.
public final class PodPriority {

  private PodPriority() {}

  /// Empty if there is no such class; zero where none is named.
  public static OptionalInt of(String priorityClass) {
    return switch (priorityClass) {
      case "" -> OptionalInt.of(0);
      case "system-cluster-critical" -> OptionalInt.of(2_000_000_000);
      case "system-node-critical" -> OptionalInt.of(2_000_001_000);
      default -> OptionalInt.empty();
    };
  }
}
