package dev.troupe.clusterconfig.discovery;

import com.typesafe.config.Config;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// How members are found: the one place that knows every way.
public final class Discovery {

  private Discovery() {}

  /// @param config `troupe.member.discovery`
  /// @throws WrongConfigurationException if there is no such way
  public static Seeds by(Config config) {
    var method = config.getString("method");
    return switch (method) {
      case "static" -> listed(config.getStringList("static"));
      default ->
          throw WrongConfigurationException.at(
              config, "method", "'%s' is no way to find members: \"static\" is".formatted(method));
    };
  }

  private static Seeds listed(List<String> seeds) {
    var all = List.copyOf(seeds);
    return () -> CompletableFuture.completedFuture(all);
  }
}
