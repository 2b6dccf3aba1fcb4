package dev.troupe.apiserver.route;

import dev.troupe.apiserver.request.Target;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.resources.subresource.Whole;
import java.util.ArrayList;
import java.util.List;

/// Which methods a URL can be asked with: what `Allow` says.
public record AllowedMethods(ResourceRegistry registry) {

  /// Methods of which the server makes use at all.
  public static final List<String> ALL =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final List<String> READING = List.of("GET", "HEAD");

  /// @param target of a request with whatever method
  public List<String> of(Target target) {
    return switch (target) {
      case Target.OfPath _ -> READING;
      case Target.OfResource to ->
          registry
              .endpoint(to.apiVersion(), to.resource())
              .map(type -> ofResource(type, to))
              .orElse(List.of());
    };
  }

  private static List<String> ofResource(ResourceType type, Target.OfResource to) {
    var methods = new ArrayList<String>();
    for (Verb verb : Verb.values()) {
      if (type.verbs(to.subresource()).contains(verb) && fits(type, to, verb)) {
        for (String method : methods(verb)) {
          if (!methods.contains(method)) {
            methods.add(method);
          }
        }
      }
    }
    return methods;
  }

  /// Whether the verb is for what the path names: one object, all of a namespace, or all there are.
  private static boolean fits(ResourceType type, Target.OfResource to, Verb verb) {
    boolean everywhere = type.namespaced() && to.namespace().isEmpty();
    boolean named = !to.name().isEmpty();
    return switch (verb) {
      case LIST, WATCH -> !named;
      case DELETECOLLECTION -> !named && !everywhere;
      case CREATE -> !everywhere && (!named || !(to.subresource() instanceof Whole));
      case GET, UPDATE, PATCH, DELETE -> named;
    };
  }

  private static List<String> methods(Verb verb) {
    return switch (verb) {
      case GET, LIST, WATCH -> READING;
      case CREATE -> List.of("POST");
      case UPDATE -> List.of("PUT");
      case PATCH -> List.of("PATCH");
      case DELETE, DELETECOLLECTION -> List.of("DELETE");
    };
  }
}
