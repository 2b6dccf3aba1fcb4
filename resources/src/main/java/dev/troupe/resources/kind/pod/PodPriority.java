package dev.troupe.resources.kind.pod;

import dev.troupe.resources.json.Json;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The priority classes that every cluster has: a pod names one, the server knows the number.
final class PodPriority {

  private PodPriority() {}

  /// Empty if there is no such class; zero where none is named.
  static OptionalInt of(String priorityClass) {
    return switch (priorityClass) {
      case "" -> OptionalInt.of(0);
      case "system-cluster-critical" -> OptionalInt.of(2_000_000_000);
      case "system-node-critical" -> OptionalInt.of(2_000_001_000);
      default -> OptionalInt.empty();
    };
  }

  /// Why a pod may not have the priority it asks for; empty if it may.
  static Optional<String> check(@Nullable ObjectNode spec) {
    var name = Json.text(spec, "priorityClassName");
    var value = of(name);
    if (value.isEmpty()) {
      return Optional.of("no PriorityClass with name " + name + " was found");
    }
    var given = Json.number(spec, "priority");
    if (given != null && given != value.getAsInt()) {
      return Optional.of(
          "the integer value of priority ("
              + given
              + ") must not be provided in pod spec; priority admission controller computed "
              + value.getAsInt()
              + " from the given PriorityClass name");
    }
    return Optional.empty();
  }
}
