package dev.troupe.clusterconfig.ensemble;

import com.typesafe.config.ConfigUtil;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `troupe member` is told of a seat.
///
/// @param database the one that comes along; that of the user's is reached as the environment says
/// @param nodes how many worker nodes are simulated
/// @param controllers jars with controllers that each runs
public record SeatConfiguration(
    EnsembleDirectory directory,
    Ensemble ensemble,
    Optional<DatabaseAccess> database,
    int nodes,
    List<Path> controllers) {

  /// The same without more controllers.
  public SeatConfiguration(
      EnsembleDirectory directory,
      Ensemble ensemble,
      Optional<DatabaseAccess> database,
      int nodes) {
    this(directory, ensemble, database, nodes, List.of());
  }

  /// The configuration file of one of them.
  public String text(Seat seat) {
    return """
    # Written anew by each `troupe up --members`.
    troupe.profile = "local-cluster"
    troupe.member {
      name = %s
      data = %s
      certificates = %s
      host = "127.0.0.1"
      port = %d
      probe-port = %d
      api.port = %d
      nodes = %d
      controllers = [%s]
      discovery { method = "static", static = [%s] }
    }
    %s\
    """
        .formatted(
            quoted(seat.name()),
            quoted(directory.of(seat)),
            quoted(directory.certificates(seat)),
            seat.port(),
            seat.probePort(),
            seat.apiPort(),
            nodes,
            controllers.stream().map(SeatConfiguration::quoted).collect(Collectors.joining(", ")),
            seeds(),
            store());
  }

  private String seeds() {
    return ensemble.seats().stream()
        .map(seat -> quoted("127.0.0.1:" + seat.port()))
        .collect(Collectors.joining(", "));
  }

  private String store() {
    return database
        .map(access ->
            """
            troupe.store.url = %s
            troupe.store.postgresql { user = %s, password-file = %s }
            """
                .formatted(
                    quoted(access.url()), quoted(access.user()), quoted(access.passwordFile())))
        .orElseGet(() -> "troupe.store.url = %s\n".formatted(quoted(ensemble.store())));
  }

  private static String quoted(Object value) {
    return ConfigUtil.quoteString(value.toString());
  }
}
