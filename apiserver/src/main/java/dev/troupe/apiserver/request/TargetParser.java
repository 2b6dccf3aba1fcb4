package dev.troupe.apiserver.request;

import dev.troupe.apiserver.request.Target.OfPath;
import dev.troupe.apiserver.request.Target.OfResource;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.subresource.Binding;
import dev.troupe.resources.subresource.DefinedScale;
import dev.troupe.resources.subresource.Eviction;
import dev.troupe.resources.subresource.Finalize;
import dev.troupe.resources.subresource.Log;
import dev.troupe.resources.subresource.Scale;
import dev.troupe.resources.subresource.Status;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.resources.subresource.Whole;
import java.util.List;
import java.util.Locale;

/// Reads method and path as Kubernetes' `RequestInfo` does.
final class TargetParser {

  private TargetParser() {}

  static Target parse(String method, RequestPath path, UrlQuery query) {
    List<String> segments = path.segments();
    int prefix = apiPrefix(segments);
    if (prefix == 0 || segments.size() == prefix) {
      return new OfPath(method.toLowerCase(Locale.ROOT), path.plain());
    }
    String group = prefix == 3 ? segments.get(1) : "";
    String version = segments.get(prefix - 1);
    List<String> rest = segments.subList(prefix, segments.size());
    boolean legacyWatch = rest.getFirst().equals("watch") && rest.size() > 1;
    return resource(
        method,
        query,
        group,
        version,
        legacyWatch ? rest.subList(1, rest.size()) : rest,
        legacyWatch);
  }

  /// How many segments name the group-version: 0 if the path is not below `/api` or `/apis`.
  private static int apiPrefix(List<String> segments) {
    if (segments.size() >= 2 && segments.getFirst().equals("api")) {
      return 2;
    }
    return segments.size() >= 3 && segments.getFirst().equals("apis") ? 3 : 0;
  }

  private static OfResource resource(
      String method,
      UrlQuery query,
      String group,
      String version,
      List<String> path,
      boolean legacyWatch) {
    String namespace = "";
    List<String> parts = path;
    if (parts.getFirst().equals(OfResource.NAMESPACES) && parts.size() > 1) {
      namespace = parts.get(1);
      if (parts.size() > 2 && !isNamespaceSubresource(parts.get(2))) {
        parts = parts.subList(2, parts.size());
      }
    }
    if (parts.size() > 3) {
      throw new RefusedException(Refusals.unknownPath());
    }
    String name = parts.size() > 1 ? parts.get(1) : "";
    var subresource = Subresources.named(parts.size() > 2 ? parts.get(2) : "");
    Verb verb = verb(method, query, name.isEmpty(), legacyWatch, parts.getFirst());
    return new OfResource(verb, group, version, parts.getFirst(), subresource, namespace, name);
  }

  private static boolean isNamespaceSubresource(String part) {
    return switch (Subresources.named(part)) {
      case Status _, Finalize _ -> true;
      case Whole _, Scale _, DefinedScale _, Binding _, Eviction _, Log _, Subresource.Unknown _ ->
          false;
    };
  }

  private static Verb verb(
      String method, UrlQuery query, boolean collection, boolean legacyWatch, String resource) {
    return switch (method) {
      case "GET", "HEAD" -> {
        if (legacyWatch) {
          yield Verb.WATCH;
        }
        if (!collection) {
          yield Verb.GET;
        }
        yield query.flag("watch") ? Verb.WATCH : Verb.LIST;
      }
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> collection ? Verb.DELETECOLLECTION : Verb.DELETE;
      default ->
          throw new RefusedException(
              Refusals.methodNotAllowed(method.toLowerCase(Locale.ROOT), resource));
    };
  }
}
