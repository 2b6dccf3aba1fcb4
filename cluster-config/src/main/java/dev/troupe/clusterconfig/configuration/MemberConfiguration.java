package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.certificates.MemberName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a member among others is told: `troupe.member`, `troupe.store.url` and `troupe.traces` of
/// `reference.conf`.
///
/// @param complete everything, for whoever reads settings of his own
/// @param layered the same without the modules' own settings, for the actor system
public record MemberConfiguration(
    Config complete,
    Config layered,
    String name,
    String cluster,
    Path data,
    Path certificates,
    OfMembers place,
    OfClients api,
    int nodes,
    List<Path> controllers,
    String store,
    Patience patience,
    TraceSettings traces) {

  private static final String MEMBER = "troupe.member.";
  private static final String STORE = "troupe.store.url";
  private static final int MOST_NODES = 5_000;
  private static final int HIGHEST_PORT = 65_535;

  /// Where other members reach it.
  ///
  /// @param bindHost the address that it listens on there
  /// @param bindPort the port that it listens on for what is sent to `port`
  public record OfMembers(String host, int port, int probePort, String bindHost, int bindPort) {

    /// As members are named.
    public String address() {
      return host + ":" + port;
    }
  }

  /// Where clients reach it.
  ///
  /// @param port 0 for any free one
  public record OfClients(String host, int port, String bindHost) {}

  /// @param start until it is ready
  /// @param leave until it has left
  public record Patience(Duration start, Duration leave) {}

  /// @throws WrongConfigurationException if something is missing or cannot be
  static MemberConfiguration of(Config complete, Config layered) {
    var name = name(complete);
    var data = Path.of(required(complete, "data")).toAbsolutePath();
    var host = host(complete, "host", required(complete, "host"), name);
    int port = port(complete, "port", 1);
    int bindPort = port(complete, "bind-port", 0);
    var place =
        new OfMembers(
            host,
            port,
            port(complete, "probe-port", 0),
            host(complete, "bind-host", host, name),
            bindPort == 0 ? port : bindPort);
    var api =
        new OfClients(
            host(complete, "api.host", host, name),
            port(complete, "api.port", 0),
            host(complete, "api.bind-host", host, name));
    var patience =
        new Patience(positive(complete, "start-patience"), positive(complete, "leave-patience"));
    return new MemberConfiguration(
        complete,
        derived(layered, place, patience),
        name,
        required(complete, "cluster"),
        data,
        complete.getString(MEMBER + "certificates").isEmpty()
            ? data.resolve("pki")
            : Path.of(complete.getString(MEMBER + "certificates")).toAbsolutePath(),
        place,
        api,
        within(complete, "nodes", 0, MOST_NODES),
        complete.getStringList(MEMBER + "controllers").stream().map(Path::of).toList(),
        store(complete),
        patience,
        TraceSettings.from(complete));
  }

  /// How the others are found.
  public Config discovery() {
    return complete.getConfig(MEMBER + "discovery");
  }

  /// The same as others call it. What is configured for Pekko itself counts less.
  private static Config derived(Config layered, OfMembers place, Patience patience) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname", place.host(),
                "pekko.remote.artery.canonical.port", place.port(),
                "pekko.remote.artery.bind.hostname", place.bindHost(),
                "pekko.remote.artery.bind.port", place.bindPort(),
                "troupe.runtime.start-patience", patience.start()),
            "troupe.member")
        .withFallback(layered);
  }

  private static String store(Config complete) {
    var url = complete.getString(STORE);
    if (url.isEmpty()) {
      throw WrongConfigurationException.at(
          complete,
          STORE,
          STORE
              + " must be set: the database of all members, such as"
              + " jdbc:postgresql://host:5432/database");
    }
    return url;
  }

  private static String required(Config complete, String key) {
    var value = complete.getString(MEMBER + key);
    if (value.isEmpty()) {
      throw wrong(complete, key, "must be set");
    }
    return value;
  }

  private static String name(Config complete) {
    try {
      return new MemberName(required(complete, "name"), List.of("localhost")).name();
    } catch (IllegalArgumentException none) {
      throw wrong(complete, "name", "cannot be: " + none.getMessage());
    }
  }

  /// @param otherwise what counts where nothing is said
  private static String host(Config complete, String key, String otherwise, String name) {
    var value = complete.getString(MEMBER + key);
    var host = value.isEmpty() ? otherwise : value;
    try {
      return new MemberName(name, List.of(host)).hosts().getFirst();
    } catch (IllegalArgumentException none) {
      throw wrong(complete, key, "cannot be: " + none.getMessage());
    }
  }

  private static int port(Config complete, String key, int lowest) {
    return within(complete, key, lowest, HIGHEST_PORT);
  }

  private static int within(Config complete, String key, int lowest, int highest) {
    int number = complete.getInt(MEMBER + key);
    if (number < lowest || number > highest) {
      throw wrong(
          complete, key, "is %d, and must be from %d to %d".formatted(number, lowest, highest));
    }
    return number;
  }

  private static Duration positive(Config complete, String key) {
    var duration = complete.getDuration(MEMBER + key);
    if (!duration.isPositive()) {
      throw wrong(complete, key, "must be longer than nothing");
    }
    return duration;
  }

  private static WrongConfigurationException wrong(Config complete, String key, String problem) {
    return WrongConfigurationException.at(
        complete, MEMBER + key, "%s%s %s".formatted(MEMBER, key, problem));
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "member %s of cluster %s".formatted(name, cluster);
  }
}
