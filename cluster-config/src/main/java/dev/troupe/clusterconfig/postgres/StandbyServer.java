package dev.troupe.clusterconfig.postgres;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/// Gives a server a standby, without which nothing is acknowledged from then on: what a client was
/// told is there, whichever of the two is left.
public final class StandbyServer {

  private static final String NAME = "standby";
  private static final String DATA = "data";
  private static final String PASSWORD = "password";

  /// What counts more than everything else that a server is told.
  private static final String SETTINGS = "postgresql.auto.conf";

  private final Path primary;
  private final Path directory;
  private final SecureRandom random;

  /// @param primary the directory of the server
  /// @param directory of the standby, which is made
  /// @param random see [LocalPostgres]
  public StandbyServer(Path primary, Path directory, SecureRandom random) {
    this.primary = primary.toAbsolutePath();
    this.directory = directory.toAbsolutePath();
    this.random = random;
  }

  /// Starts both, and returns when both take connections. The server is stopped meanwhile.
  ///
  /// @throws DatabaseFailedException if one does not start
  public LocalPostgres start() {
    var server = new LocalPostgres(primary, random);
    server.stop();
    admit();
    try {
      copy();
      append(primary.resolve(DATA).resolve(SETTINGS), "synchronous_standby_names = '" + NAME + "'");
      var access = server.start();
      var password = Files.readString(access.passwordFile()).strip();
      append(
          directory.resolve(DATA).resolve(SETTINGS),
          "primary_conninfo = 'host=%s port=%d user=%s password=%s application_name=%s'"
              .formatted(
                  ServerSettings.ADDRESS,
                  new DatabaseFiles(primary, random).keptPort(),
                  ServerSettings.USER,
                  password,
                  NAME));
    } catch (IOException e) {
      throw new UncheckedIOException("a standby cannot be made in " + directory + ": " + e, e);
    }
    var standby = new LocalPostgres(directory, random);
    var _ = standby.start();
    return standby;
  }

  /// Lets the standby read what the server writes.
  private void admit() {
    var programs = new ServerPrograms(ServerBinaries.below(primary).unpacked(), primary);
    var outcome =
        programs.run(
            "postgres",
            "ALTER ROLE %s REPLICATION\n".formatted(ServerSettings.USER),
            "--single",
            "-D",
            primary.resolve(DATA).toString(),
            "-c",
            "exit_on_error=on",
            "postgres");
    if (!outcome.succeeded()) {
      throw new DatabaseFailedException("a standby cannot be admitted:\n" + outcome.said());
    }
    append(
        primary.resolve(DATA).resolve("pg_hba.conf"),
        "host replication %s %s/32 scram-sha-256"
            .formatted(ServerSettings.USER, ServerSettings.ADDRESS));
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void copy() throws IOException {
    PrivateFile.createDirectory(directory);
    Files.copy(primary.resolve(PASSWORD), directory.resolve(PASSWORD));
    var from = primary.resolve(DATA);
    var to = directory.resolve(DATA);
    try (var files = Files.walk(from)) {
      for (var each : files.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.writeString(to.resolve("standby.signal"), "");
  }
}
