package dev.troupe.clusterconfig.ensemble;

import dev.troupe.clusterconfig.postgres.LocalPostgres;
import java.security.SecureRandom;
import java.util.Optional;

/// Where the events of the members of one machine are.
///
/// @param own the database that comes along, if it is there that they are
public record EnsembleDatabase(Optional<LocalPostgres> own, String store) {

  public static EnsembleDatabase of(EnsembleDirectory directory, Ensemble ensemble) {
    return new EnsembleDatabase(
        ensemble.hasOwnDatabase()
            ? Optional.of(new LocalPostgres(directory.database(), new SecureRandom()))
            : Optional.empty(),
        ensemble.store());
  }

  /// The process of the one that comes along, if it runs.
  public Optional<Long> pid() {
    return own.flatMap(LocalPostgres::running).map(ProcessHandle::pid);
  }

  /// Empty before the first start of the one that comes along.
  public String url() {
    return own.map(database -> database.known().map(access -> access.url()).orElse(""))
        .orElse(store);
  }

  /// For people.
  public String words() {
    return own.map(database ->
            pid()
                .map(pid -> "%s (pid %d)".formatted(url(), pid))
                .orElseGet(() -> "it does not run; see " + database.log()))
        .orElse(store);
  }
}
