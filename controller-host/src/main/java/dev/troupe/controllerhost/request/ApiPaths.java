package dev.troupe.controllerhost.request;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where things are below the address of an API server.
public final class ApiPaths {

  private ApiPaths() {}

  /// Of a group-version, such as `apps/v1`.
  public static String groupVersion(String apiVersion) {
    return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
  }

  /// @param namespace empty for all of them, and for a type that has none
  public static String collection(TypeRef type, String apiVersion, String namespace) {
    var base = groupVersion(apiVersion);
    return (namespace.isEmpty() ? base : base + "/namespaces/" + segment(namespace))
        + "/"
        + type.plural();
  }

  public static String object(ResourceKey key, String apiVersion) {
    return collection(key.type(), apiVersion, key.namespace()) + "/" + segment(key.name());
  }

  private static String segment(String text) {
    return query(text).replace("+", "%20");
  }

  /// A text as a value in a query.
  public static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
