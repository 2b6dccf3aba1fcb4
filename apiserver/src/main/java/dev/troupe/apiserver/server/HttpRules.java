package dev.troupe.apiserver.server;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What RFC 9110, 9112 and 9113 ask of the head of a request, as far as the HTTP library leaves it
/// to us.
final class HttpRules {

  /// Nobody logs in to a host: there is no place for a user in it.
  private static final String AUTHORITY = "[!%&'()*+,\\-.0-9:;=A-Z\\[\\]_a-z~]*";

  private HttpRules() {}

  /// @throws RefusedException if the request must not be carried out; its connection is not to be
  ///   trusted with another one
  static void check(HttpServerRequest http) {
    if (http.version() == HttpVersion.HTTP_2) {
      checkValues(http);
    } else {
      checkHost(http);
      checkCodings(http.headers().getAll("transfer-encoding"));
    }
    String expectation = http.headers().get("expect");
    if (expectation != null && !expectation.strip().equalsIgnoreCase("100-continue")) {
      throw refused(StatusReason.EXPECTATION_FAILED, "the expectation is not known");
    }
  }

  private static void checkHost(HttpServerRequest http) {
    List<String> hosts = http.headers().getAll("host");
    if (hosts.isEmpty() && http.version() == HttpVersion.HTTP_1_1) {
      throw RefusedException.badRequest("missing required Host header");
    }
    if (hosts.size() > 1) {
      throw RefusedException.badRequest("too many Host headers");
    }
    if (!hosts.isEmpty() && !hosts.getFirst().strip().matches(AUTHORITY)) {
      throw RefusedException.badRequest("malformed Host header");
    }
    if (http.headers().contains("")) {
      throw RefusedException.badRequest("a header has no name");
    }
  }

  private static void checkCodings(List<String> headers) {
    int chunked = 0;
    for (String header : headers) {
      for (String coding : header.split(",", -1)) {
        if (!coding.strip().toLowerCase(Locale.ROOT).equals("chunked")) {
          throw refused(StatusReason.NOT_IMPLEMENTED, "unsupported transfer encoding");
        }
        chunked++;
      }
    }
    if (chunked > 1) {
      throw RefusedException.badRequest("too many transfer encodings");
    }
  }

  /// Header values of HTTP/2 can hold what HTTP/1.1 has no way to say.
  private static void checkValues(HttpServerRequest http) {
    for (Map.Entry<String, String> header : http.headers()) {
      String value = header.getValue();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == 0) {
          throw RefusedException.badRequest("a header has a control character");
        }
      }
    }
  }

  /// Whether the client sends its body when it is told to, and not before.
  static boolean awaitsContinue(HttpServerRequest http) {
    return http.headers().contains("expect")
        && http.version() != HttpVersion.HTTP_1_0
        && (declaredBytes(http) > 0 || http.headers().contains("transfer-encoding"));
  }

  /// How long the body is said to be; 0 if nothing is said.
  static long declaredBytes(HttpServerRequest http) {
    String length = http.headers().get("content-length");
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// Path and query, from whichever form the target has; `*` stands for the server itself.
  ///
  /// @throws RefusedException if there is no such target here
  static String target(HttpServerRequest http) {
    String target = http.uri();
    if (target == null || http.method().name().equals("CONNECT")) {
      throw refused(StatusReason.METHOD_NOT_ALLOWED, "this server is no proxy");
    }
    if (http.version() == HttpVersion.HTTP_2 || !isAbsolute(target)) {
      return target;
    }
    int path = target.indexOf('/', target.indexOf("://") + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private static boolean isAbsolute(String target) {
    return target.regionMatches(true, 0, "https://", 0, 8)
        || target.regionMatches(true, 0, "http://", 0, 7);
  }

  private static RefusedException refused(StatusReason reason, String message) {
    return new RefusedException(new Refusal(reason, message, null, 0));
  }
}
