package dev.troupe.apiserver.discovery;

import dev.troupe.resources.registry.ResourceType.Served;
import java.util.List;

/// What clients are told about one kind of subresource.
///
/// @param group of the kind, with `version`; both empty if they are the resource's own
/// @param kind empty if it is the resource's own
public record Subresource(
    String name, String group, String version, String kind, List<String> verbs) {

  /// @throws IllegalArgumentException if there is no such subresource
  public static Subresource of(String name) {
    return switch (name) {
      case "status" -> new Subresource(name, "", "", "", List.of("get", "patch", "update"));
      case "scale" ->
          new Subresource(name, "autoscaling", "v1", "Scale", List.of("get", "patch", "update"));
      case "log" -> new Subresource(name, "", "", "", List.of("get"));
      case "binding" -> new Subresource(name, "", "v1", "Binding", List.of("create"));
      case "finalize" -> new Subresource(name, "", "", "", List.of("update"));
      default -> throw new IllegalArgumentException("no subresource named " + name);
    };
  }

  /// The group of the kind, for a resource that is served under `version`.
  public String groupUnder(Served served) {
    return version.isEmpty() ? served.group() : group;
  }

  public String versionUnder(Served served) {
    return version.isEmpty() ? served.version() : version;
  }

  public String kindOr(String resourceKind) {
    return kind.isEmpty() ? resourceKind : kind;
  }
}
