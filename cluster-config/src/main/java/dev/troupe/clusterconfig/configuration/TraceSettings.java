package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the spans of a member are sent, and of which requests: `troupe.traces`.
///
/// @param endpoint takes spans by OTLP over HTTP; null if none are recorded
/// @param ratio of the requests whose client does not say whether they are to be recorded
public record TraceSettings(@Nullable URI endpoint, double ratio) {

  private static final String ENDPOINT = "troupe.traces.endpoint";
  private static final String RATIO = "troupe.traces.ratio";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private static final int HIGHEST_PORT = 65_535;

  /// Where collectors take spans, if nothing else is said.
  private static final String PATH = "/v1/traces";

  /// @throws WrongConfigurationException if they cannot be
  public static TraceSettings from(Config complete) {
    var url = complete.getString(ENDPOINT);
    double ratio = complete.getDouble(RATIO);
    if (!(ratio >= 0 && ratio <= 1)) {
      throw WrongConfigurationException.at(
          complete, RATIO, "%s is %s, and must be from 0 to 1".formatted(RATIO, ratio));
    }
    return new TraceSettings(url.isEmpty() ? null : endpoint(complete, url), ratio);
  }

  private static URI endpoint(Config complete, String url) {
    var endpoint = parsed(complete, url);
    if (endpoint.getRawUserInfo() != null) {
      throw WrongConfigurationException.at(
          complete, ENDPOINT, ENDPOINT + " must be without user and password: it is in the log");
    }
    var scheme = endpoint.getScheme();
    if (scheme == null
        || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
        || endpoint.getHost() == null
        || endpoint.getPort() == 0
        || endpoint.getPort() > HIGHEST_PORT
        || endpoint.getRawFragment() != null) {
      throw none(complete);
    }
    var path = endpoint.getRawPath();
    return path.isEmpty() || path.equals("/") ? endpoint.resolve(PATH) : endpoint;
  }

  private static URI parsed(Config complete, String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      throw none(complete);
    }
  }

  /// What it is instead is not said, as that may hold a password.
  private static WrongConfigurationException none(Config complete) {
    return WrongConfigurationException.at(
        complete,
        ENDPOINT,
        ENDPOINT + " must be a URL of http or https, such as http://collector.example:4318");
  }
}
