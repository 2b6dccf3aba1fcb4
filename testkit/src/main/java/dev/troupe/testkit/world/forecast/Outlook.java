package dev.troupe.testkit.world.forecast;

import dev.troupe.api.resource.ResourceKey;
import java.util.List;

/// What would be otherwise than if nothing was changed.
///
/// @param differences in the order of their objects
/// @param waits what objects would wait for that would not otherwise
/// @param failures what controllers could not do
public record Outlook(List<Difference> differences, List<Waiting> waits, List<Failing> failures) {

  public Outlook {
    differences = List.copyOf(differences);
    waits = List.copyOf(waits);
    failures = List.copyOf(failures);
  }

  /// What becomes of an object.
  public enum Fate {
    CREATED,
    CHANGED,
    DELETED
  }

  /// @param owner of the object, such as `ReplicaSet/web-1`; empty if it has none
  /// @param fields of an object that is changed, such as `spec.replicas: 3 → 4`
  public record Difference(Fate fate, ResourceKey key, String owner, List<String> fields) {

    public Difference {
      fields = List.copyOf(fields);
    }
  }

  /// As of `Plan.waitFor`.
  public record Waiting(String controller, ResourceKey key, String subject, String explanation) {}

  /// A reconcile that fails.
  public record Failing(String controller, ResourceKey key, String message) {}
}
