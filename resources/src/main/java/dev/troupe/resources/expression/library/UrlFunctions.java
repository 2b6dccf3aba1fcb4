package dev.troupe.resources.expression.library;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.Url;

/// Functions of URLs.
final class UrlFunctions {

  private static final Parameter<Url> URL = Parameter.opaque(Url.class, "kubernetes.URL");
  private static final CelType PARAMETERS = MapType.create(SimpleType.STRING, Parameter.TEXTS);

  private UrlFunctions() {}

  static void addTo(FunctionSet set) {
    var text = SimpleType.STRING;
    set.global("url", "string_to_url", URL.cel(), Parameter.TEXT, Url::parse);
    set.global(
        "isURL",
        "is_url_string",
        SimpleType.BOOL,
        Parameter.TEXT,
        given -> Url.attempt(given).isPresent());
    set.member("getScheme", "url_get_scheme", text, URL, Url::scheme);
    set.member("getHost", "url_get_host", text, URL, Url::host);
    set.member("getHostname", "url_get_hostname", text, URL, Url::hostname);
    set.member("getPort", "url_get_port", text, URL, Url::port);
    set.member("getEscapedPath", "url_get_escaped_path", text, URL, Url::path);
    set.member("getQuery", "url_get_query", PARAMETERS, URL, Url::parameters);
  }
}
