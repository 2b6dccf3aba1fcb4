package dev.troupe.clusterconfig.postgres;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The files of a database: made once, and what is kept beside them.
final class DatabaseFiles {

  /// Below the ports that systems give away by themselves.
  private static final int FIRST_PORT = 25_432;

  private static final int LAST_PORT = 25_931;

  private static final int PASSWORD_BYTES = 24;
  private static final String SETTINGS = "troupe.conf";

  private final Path directory;
  private final SecureRandom random;

  DatabaseFiles(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  Path data() {
    return data(directory);
  }

  static Path data(Path directory) {
    return directory.resolve("data");
  }

  Path password() {
    return directory.resolve("password");
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  private Path port() {
    return directory.resolve("port");
  }

  /// Whether a port was chosen.
  boolean hasPort() {
    return Files.exists(port());
  }

  /// The port that was chosen once: members that run know no other.
  ///
  /// @throws DatabaseFailedException if none was
  int keptPort() {
    try {
      return Integer.parseInt(Files.readString(port()).strip());
    } catch (IOException | NumberFormatException e) {
      throw new DatabaseFailedException("no port of the database can be read in " + port(), e);
    }
  }

  /// Makes the database where there is none, and tells it what it is told at each start.
  void prepare(ServerPrograms programs) {
    try {
      var settings = new ServerSettings(freePort());
      if (Files.isDirectory(data())) {
        refuseOtherVersions(programs);
      } else {
        create(programs, settings);
      }
      if (!Files.exists(password())) {
        throw new DatabaseFailedException(
            "the password of the database is gone: put %s back".formatted(password()));
      }
      PrivateFile.write(data().resolve(SETTINGS), settings.text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + data() + ": " + e.getMessage(), e);
    }
  }

  private int freePort() {
    if (!Files.exists(port())) {
      int chosen = FIRST_PORT;
      while (!isFree(chosen)) {
        if (++chosen > LAST_PORT) {
          throw new DatabaseFailedException(
              "no port of %d to %d is free for the database".formatted(FIRST_PORT, LAST_PORT));
        }
      }
      PrivateFile.write(port(), chosen + "\n");
    }
    int kept = keptPort();
    if (!isFree(kept)) {
      throw new DatabaseFailedException(
          ("port %d is the database's and another program has it: end that, or stop all members and"
                  + " delete %s, and another port is chosen")
              .formatted(kept, port()));
    }
    return kept;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(ServerSettings.ADDRESS), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Appears whole or not at all.
  private void create(ServerPrograms programs, ServerSettings settings) throws IOException {
    var fresh = directory.resolve(".data.new");
    ServerBinaries.deleteTree(fresh);
    // The order of texts must not change with the system's libraries.
    require(
        programs.run(
            "initdb",
            "",
            "-D",
            fresh.toString(),
            "-U",
            "postgres",
            "--auth=reject",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-instructions"),
        "made");
    Files.writeString(fresh.resolve("pg_hba.conf"), ServerSettings.admissions());
    Files.writeString(
        fresh.resolve("postgresql.conf"),
        "\ninclude '" + SETTINGS + "'\n",
        StandardOpenOption.APPEND);
    PrivateFile.write(fresh.resolve(SETTINGS), settings.text());
    furnish(programs, fresh);
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Before anybody can connect.
  private void furnish(ServerPrograms programs, Path fresh) {
    byte[] secret = new byte[PASSWORD_BYTES];
    random.nextBytes(secret);
    var word = HexFormat.of().formatHex(secret);
    PrivateFile.write(password(), word + "\n");
    require(
        programs.run(
            "postgres",
            """
            CREATE ROLE %s LOGIN PASSWORD '%s'
            CREATE DATABASE %s OWNER %s
            """
                .formatted(ServerSettings.USER, word, ServerSettings.DATABASE, ServerSettings.USER),
            "--single",
            "-D",
            fresh.toString(),
            "-c",
            "exit_on_error=on",
            "postgres"),
        "furnished");
  }

  private void refuseOtherVersions(ServerPrograms programs) throws IOException {
    var written = Files.readString(data().resolve("PG_VERSION")).strip();
    var asked = programs.run("postgres", "", "--version");
    require(asked, "looked at");
    var carried = asked.said().strip();
    if (!carried.contains(" " + written + ".")) {
      throw new DatabaseFailedException(
          ("%s was written by PostgreSQL %s and this Troupe carries %s: make a backup with the"
                  + " Troupe that wrote it, and restore that")
              .formatted(data(), written, carried));
    }
  }

  private void require(ServerPrograms.Outcome outcome, String what) {
    if (!outcome.succeeded()) {
      throw new DatabaseFailedException(
          "the database in %s cannot be %s:\n%s".formatted(directory, what, outcome.said()));
    }
  }
}
