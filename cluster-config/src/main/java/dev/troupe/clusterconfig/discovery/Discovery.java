package dev.troupe.clusterconfig.discovery;

import com.typesafe.config.Config;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// How members are found: the one place that knows every way.
public final class Discovery {

  private static final int HIGHEST_PORT = 65_535;

  private Discovery() {}

  /// @param config `troupe.member.discovery`
  /// @throws WrongConfigurationException if there is no such way, or it cannot be gone
  public static Seeds by(Config config) {
    return by(config, System.getenv());
  }

  static Seeds by(Config config, Map<String, String> environment) {
    var method = config.getString("method");
    return switch (method) {
      case "static" -> listed(config.getStringList("static"));
      case "dns" -> named(config);
      case "kubernetes-api" -> pods(config, environment);
      default ->
          throw WrongConfigurationException.at(
              config,
              "method",
              "'%s' is no way to find members: \"static\", \"dns\" and \"kubernetes-api\" are"
                  .formatted(method));
    };
  }

  private static Seeds listed(List<String> seeds) {
    var all = List.copyOf(seeds);
    return () -> CompletableFuture.completedFuture(all);
  }

  private static Seeds named(Config config) {
    var name = required(config, "dns.name");
    var records = config.getString("dns.records");
    return switch (records) {
      case "srv" -> services(config, name);
      case "address" -> new DnsAddresses(name, port(config, "dns.port"));
      default ->
          throw WrongConfigurationException.at(
              config,
              "dns.records",
              "'%s' is no kind of records that name members: \"srv\" and \"address\" are"
                  .formatted(records));
    };
  }

  private static Seeds services(Config config, String name) {
    try {
      return new DnsServices(name, DnsServices.SYSTEM_SERVERS);
    } catch (IllegalArgumentException none) {
      throw WrongConfigurationException.at(config, "dns.name", String.valueOf(none.getMessage()));
    }
  }

  private static Seeds pods(Config config, Map<String, String> environment) {
    try {
      var access = KubernetesAccess.ofThisPod(environment);
      var namespace = config.getString("kubernetes-api.namespace");
      return new KubernetesPods(
          access,
          new KubernetesPods.Search(
              namespace.isEmpty() ? access.namespace() : namespace,
              required(config, "kubernetes-api.selector"),
              port(config, "kubernetes-api.port"),
              required(config, "kubernetes-api.domain")));
    } catch (LookupFailedException none) {
      throw WrongConfigurationException.at(config, "method", String.valueOf(none.getMessage()));
    }
  }

  private static String required(Config config, String key) {
    var value = config.getString(key);
    if (value.isEmpty()) {
      throw WrongConfigurationException.at(config, key, key + " must be set");
    }
    return value;
  }

  private static int port(Config config, String key) {
    int port = config.getInt(key);
    if (port < 1 || port > HIGHEST_PORT) {
      throw WrongConfigurationException.at(
          config, key, "%s is %d, and must be from 1 to %d".formatted(key, port, HIGHEST_PORT));
    }
    return port;
  }
}
