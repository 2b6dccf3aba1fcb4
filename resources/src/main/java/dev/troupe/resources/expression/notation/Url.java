package dev.troupe.resources.expression.notation;

import dev.troupe.resources.expression.value.WrongValue;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// An absolute URL, or a path on an unknown host. Requests name no fragments: a `#` is a character
/// of the path or of the query, and of nothing else.
///
/// @param path as it is written, with what must be escaped escaped
public record Url(String scheme, String host, String path, String query) {

  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");
  private static final Pattern HOST =
      Pattern.compile("(?:[a-zA-Z0-9_.~!$&'()*+,;=:<>\"-]|[^\\x00-\\x7f]|%[0-9a-fA-F]{2})*");
  private static final Pattern PORT = Pattern.compile("(?::[0-9]*)?");
  private static final Pattern USER =
      Pattern.compile("(?:[a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
  private static final String IN_PATH = "-_.~$&+,/:;=@!'()*[]%";

  /// @throws WrongValue in Kubernetes' words
  public static Url parse(String text) {
    return attempt(text)
        .orElseThrow(() ->
            new WrongValue(
                "URL parse error during conversion from string: parse "
                    + FieldErrors.quoted(text)
                    + ": "
                    + (text.isEmpty() ? "empty url" : "invalid URI for request")));
  }

  public static Optional<Url> attempt(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    var scheme = colon > 0 && SCHEME.matcher(text.substring(0, colon)).matches();
    var rest = scheme ? text.substring(colon + 1) : text;
    if (!scheme && !rest.startsWith("/")) {
      return Optional.empty();
    }
    int mark = rest.indexOf('?');
    var query = mark < 0 ? "" : rest.substring(mark + 1);
    var before = mark < 0 ? rest : rest.substring(0, mark);
    return located(scheme ? lower(text.substring(0, colon)) : "", before, query);
  }

  private static String lower(String scheme) {
    return scheme.toLowerCase(Locale.ROOT);
  }

  private static Optional<Url> located(String scheme, String text, String query) {
    if (!text.startsWith("/")) {
      return Optional.of(new Url(scheme, "", "", query));
    }
    boolean hosted = text.startsWith("//") && !(scheme.isEmpty() && text.startsWith("///"));
    int slash = hosted ? text.indexOf('/', 2) : 0;
    var authority = hosted ? text.substring(2, slash < 0 ? text.length() : slash) : "";
    var path = slash < 0 ? "" : text.substring(slash);
    int at = authority.lastIndexOf('@');
    var host = authority.substring(at + 1);
    boolean fine =
        isHost(host)
            && (at < 0 || USER.matcher(authority.substring(0, at)).matches())
            && !BAD_ESCAPE.matcher(path).find();
    return fine ? Optional.of(new Url(scheme, host, escaped(path), query)) : Optional.empty();
  }

  private static boolean isHost(String host) {
    int end = host.lastIndexOf(']');
    if (host.startsWith("[")) {
      return end > 0
          && IpAddresses.isV6(host.substring(1, end).replaceFirst("%25.*", ""))
          && PORT.matcher(host.substring(end + 1)).matches();
    }
    int colon = host.lastIndexOf(':');
    return HOST.matcher(host).matches()
        && (colon < 0 || PORT.matcher(host.substring(colon)).matches());
  }

  private static String escaped(String path) {
    var escaped = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || IN_PATH.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append(String.format("%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }

  /// The host without port and brackets.
  public String hostname() {
    var name = host.substring(0, host.length() - portWithColon().length());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  public String port() {
    var port = portWithColon();
    return port.isEmpty() ? "" : port.substring(1);
  }

  private String portWithColon() {
    int colon = host.indexOf(':', Math.max(host.lastIndexOf(']'), 0));
    return colon < 0 ? "" : host.substring(colon);
  }

  /// The parameters; what is no parameter is left out.
  public Map<String, List<String>> parameters() {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : query.split("&")) {
      if (pair.isEmpty() || pair.contains(";") || BAD_ESCAPE.matcher(pair).find()) {
        continue;
      }
      int equals = pair.indexOf('=');
      var key = equals < 0 ? pair : pair.substring(0, equals);
      var value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.computeIfAbsent(decoded(key), _ -> new ArrayList<>()).add(decoded(value));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
