package dev.troupe.controllerhost.collection;

import dev.troupe.api.resource.Version;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The `resourceVersion`s of an API server. Kubernetes says of them that they are decimal numbers,
/// and that those of one type can be compared.
final class RemoteVersions {

  private RemoteVersions() {}

  /// @param object an object or a list
  /// @throws IllegalStateException if it has none, or one that is no number
  static long of(JsonNode object) {
    var text = text(object);
    try {
      return Version.parse(text == null ? "" : text);
    } catch (NumberFormatException _) {
      throw new IllegalStateException(
          "the API server gives the resourceVersion \""
              + text
              + "\", which is no decimal number: it cannot be told from it what came first, as"
              + " Kubernetes promises");
    }
  }

  private static @Nullable String text(JsonNode object) {
    var version = object.path("metadata").path("resourceVersion");
    return version.isString() ? version.asString() : null;
  }
}
