package dev.troupe.apiserver.request;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request as the other rooms see it: everything but the body.
///
/// @param header looks a header up by its lower-case name
public record ApiRequest(
    String method,
    RequestPath path,
    UrlQuery query,
    Target target,
    Function<String, @Nullable String> header) {

  private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");
  private static final Set<String> ABOUT_THE_SERVER = Set.of("/metrics", "/troupe/status");

  /// @param uri path and query, as sent
  /// @throws dev.troupe.apiserver.status.RefusedException if the URL is malformed
  public static ApiRequest parse(
      String method, String uri, Function<String, @Nullable String> header) {
    int question = uri.indexOf('?');
    int fragment = uri.indexOf('#');
    int end = fragment < 0 ? uri.length() : fragment;
    String path = uri.substring(0, question < 0 || question > end ? end : question);
    var parsed = RequestPath.parse(path);
    var query =
        UrlQuery.parse(question < 0 || question > end ? null : uri.substring(question + 1, end));
    return new ApiRequest(method, parsed, query, TargetParser.parse(method, parsed, query), header);
  }

  public String userAgent() {
    return text("user-agent");
  }

  /// The header, or an empty string.
  public String text(String name) {
    String value = header.apply(name);
    return value == null ? "" : value;
  }

  /// Whether the answer may come bit by bit for as long as it likes: watches and logs.
  public boolean longRunning() {
    return target instanceof Target.OfResource resource
        && (resource.verb() == dev.troupe.resources.subresource.Verb.WATCH
            || resource.subresource().isLongRunning());
  }

  /// Whether the request is about the health of the server, and for nothing else.
  public boolean asksForHealth() {
    return target instanceof Target.OfPath
        && !path.segments().isEmpty()
        && HEALTH.contains(path.segments().getFirst());
  }

  /// Whether the request is about how the server is and its cluster, which is to be seen above all
  /// when much goes on.
  public boolean asksAboutServer() {
    return target instanceof Target.OfPath(_, var asked) && ABOUT_THE_SERVER.contains(asked);
  }

  /// Whether the request counts against the limit of writes.
  public boolean writes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}
