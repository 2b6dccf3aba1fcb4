package dev.troupe.apiserver.authorization;

import dev.troupe.apiserver.request.Target;

/// What somebody wants to do. Texts are empty where nothing is said.
public sealed interface AccessRequest {

  String verb();

  record ToResource(
      String verb, String group, String resource, String subresource, String namespace, String name)
      implements AccessRequest {

    /// `pods`, or `pods/log`.
    String path() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  record ToPath(String verb, String path) implements AccessRequest {}

  static AccessRequest of(Target target) {
    return switch (target) {
      case Target.OfPath(var action, var path) -> new ToPath(action, path);
      case Target.OfResource resource ->
          new ToResource(
              resource.action(),
              resource.group(),
              resource.resource(),
              resource.subresource().name(),
              resource.namespace(),
              resource.name());
    };
  }
}
