package dev.troupe.apiserver.request;

import dev.troupe.apiserver.status.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// The path of a URL, taken apart before it is decoded: an escaped slash never separates.
///
/// @param text the path as it was sent
/// @param segments the decoded segments; none is empty, `.` or `..`, and none has a slash
public record RequestPath(String text, List<String> segments) {

  public RequestPath {
    segments = List.copyOf(segments);
  }

  /// @param text begins with a slash; one slash at the end is ignored
  public static RequestPath parse(String text) {
    if (!text.startsWith("/")) {
      throw RefusedException.badRequest("invalid path: it must begin with a slash");
    }
    String inner =
        text.substring(
            1, text.length() > 1 && text.endsWith("/") ? text.length() - 1 : text.length());
    var segments = new ArrayList<String>(8);
    for (int from = 0; !inner.isEmpty() && from <= inner.length(); ) {
      int slash = inner.indexOf('/', from);
      int to = slash < 0 ? inner.length() : slash;
      segments.add(segment(inner.substring(from, to)));
      from = to + 1;
    }
    return new RequestPath(text, segments);
  }

  /// The segments, joined: what is compared with the paths that are no resources.
  public String plain() {
    return "/" + String.join("/", segments);
  }

  private static String segment(String text) {
    String segment = PercentDecoder.path(text);
    if (segment.isEmpty()) {
      throw RefusedException.badRequest("invalid path: it has an empty segment");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw RefusedException.badRequest("invalid path: a segment may not be '" + segment + "'");
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '/' || c == '%') {
        throw RefusedException.badRequest("invalid path: a segment may not contain '" + c + "'");
      }
      if (Character.isISOControl(c)) {
        throw RefusedException.badRequest("invalid path: it has a control character");
      }
    }
    return segment;
  }
}
