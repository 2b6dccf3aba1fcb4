package dev.troupe.clusterconfig.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.instance.DataPermissions;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.persistence.postgresql.PostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server, with its data, its secrets and its bad luck.
@Timeout(180)
class LocalPostgresIT {

  /// One for all: to make a database takes longer than all else.
  @TempDir private static Path directory;

  private static LocalPostgres database() {
    return new LocalPostgres(directory.resolve("postgres"), new SecureRandom());
  }

  @AfterAll
  static void stop() {
    database().stop();
  }

  private static long pid() {
    return database().running().orElseThrow().pid();
  }

  private static Path data() {
    return directory.resolve("postgres").resolve("data");
  }

  private static String password(DatabaseAccess access) throws IOException {
    return Files.readString(access.passwordFile()).strip();
  }

  private static Connection connect(DatabaseAccess access) throws Exception {
    return DriverManager.getConnection(access.url(), access.user(), password(access));
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static void kill() throws Exception {
    var process = database().running().orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
    // Nobody may have asked how it ended: then it is listed on.
    while (database().running().isPresent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void serverOutlivesItsStarterAndIsFoundByTheNext() throws Exception {
    database().stop();
    var starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartDatabase.class.getName(),
                directory.resolve("postgres").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = starter.inputReader()) {
      String pid = "";
      while (!pid.matches("[0-9]+")) {
        pid = String.valueOf(said.readLine());
        assertThat(pid).isNotEqualTo("null");
      }
      starter.destroyForcibly().waitFor();

      assertThat(pid()).isEqualTo(Long.parseLong(pid));
      var access = database().start();
      assertThat(pid()).isEqualTo(Long.parseLong(pid));
      try (var connection = connect(access)) {
        assertThat(ask(connection, "SELECT current_user")).isEqualTo("troupe");
      }
    }
  }

  @Test
  void killedServerIsStartedAgainAndHasWhatItAcknowledged() throws Exception {
    var before = database().start();
    long first = pid();
    try (var connection = connect(before);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)");
      kill();
    }

    var after = database().start();

    assertThat(pid()).isNotEqualTo(first);
    assertThat(after).isEqualTo(before);
    try (var connection = connect(after);
        var statement = connection.createStatement()) {
      assertThat(ask(connection, "SELECT count(*) FROM kept")).isEqualTo("1000");
      statement.execute("DROP TABLE kept");
    }
  }

  @Test
  void fileOfOneThatIsGoneIsNoServerThoughItsNumberIsSomebodyElses() throws Exception {
    database().start();
    kill();
    // Not of whoever starts the server: that one it knows.
    var other = new ProcessBuilder("sleep", "1000").start();
    try {
      var file = data().resolve("postmaster.pid");
      var lines = Files.readAllLines(file);
      lines.set(0, Long.toString(other.pid()));
      Files.write(file, lines);
      assertThat(database().running()).isEmpty();

      connect(database().start()).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void fileOfOneThatEndedWhenItHadWrittenNothingIsNoServer() throws Exception {
    database().start();
    kill();
    Files.writeString(data().resolve("postmaster.pid"), "", StandardOpenOption.TRUNCATE_EXISTING);

    connect(database().start()).close();
  }

  @Test
  void thoseThatStartAtOnceMakeOneDatabaseAndHaveTheSameServer() throws Exception {
    var fresh = directory.resolve("fresh");
    var starts =
        List.of(0, 1, 2).stream()
            .map(_ -> new LocalPostgres(fresh, new SecureRandom()))
            .map(database -> CompletableFuture.supplyAsync(database::start))
            .toList();
    for (var start : starts) {
      connect(start.get()).close();
    }

    var database = new LocalPostgres(fresh, new SecureRandom());
    var programs = fresh.toRealPath();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> isBelow(programs, process))
                .filter(process -> process.parent().filter(one -> isBelow(programs, one)).isEmpty())
                .map(ProcessHandle::pid))
        .containsExactly(database.running().orElseThrow().pid());
    database.stop();
  }

  private static boolean isBelow(Path programs, ProcessHandle process) {
    return process.info().command().filter(one -> Path.of(one).startsWith(programs)).isPresent();
  }

  @Test
  void itKeepsWhatItAcknowledgesAndServesThisMachineOnly() throws Exception {
    var access = database().start();
    try (var connection = connect(access)) {
      var said =
          Map.of(
              "fsync", "on",
              "synchronous_commit", "on",
              "full_page_writes", "on",
              "listen_addresses", "127.0.0.1",
              "data_checksums", "on");
      for (var setting : said.entrySet()) {
        assertThat(ask(connection, "SHOW " + setting.getKey()))
            .as(setting.getKey())
            .isEqualTo(setting.getValue());
      }
      assertThat(ask(connection, "SELECT datcollate FROM pg_database WHERE datname = 'troupe'"))
          .isEqualTo("C");
    }
    var port = access.url().replaceAll(".*:([0-9]+)/troupe", "$1");
    assertThat(Path.of("/tmp", ".s.PGSQL." + port)).doesNotExist();
  }

  @Test
  void nobodyIsLetInWithoutThePasswordAndTheAdministratorNotAtAll() throws Exception {
    var access = database().start();

    assertThat(Files.getPosixFilePermissions(access.passwordFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(password(access)).hasSize(48);
    assertThat(access.url()).doesNotContain(password(access));
    assertThatThrownBy(() -> DriverManager.getConnection(access.url(), access.user(), "wrong"))
        .hasMessageContaining("password authentication failed");
    for (var elsewhere : List.of(access.url(), access.url().replaceAll("troupe$", "postgres"))) {
      assertThatThrownBy(() -> DriverManager.getConnection(elsewhere, "postgres", password(access)))
          .hasMessageContaining("no pg_hba.conf entry");
    }
    try (var connection = connect(access)) {
      assertThat(ask(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
    }
  }

  @Test
  void storeOfAMemberOpensOnIt() throws Exception {
    var access = database().start();
    var settings =
        PostgresSettings.from(
            ConfigFactory.parseMap(
                    Map.of(
                        "troupe.store.postgresql.url", access.url(),
                        "troupe.store.postgresql.user", access.user(),
                        "troupe.store.postgresql.password-file", access.passwordFile().toString()))
                .withFallback(ConfigFactory.load()));

    try (var store = PostgresEventStore.openAlone(settings, InstantSource.system(), _ -> {})) {
      assertThat(store.isCurrent()).isTrue();
    }
  }

  @Test
  void portThatAnotherProgramHasIsNamed() throws Exception {
    database().start();
    database().stop();
    assertThat(database().running()).isEmpty();
    var kept = directory.resolve("postgres").resolve("port");
    int port = Integer.parseInt(Files.readString(kept).strip());

    try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> database().start())
          .isInstanceOf(DatabaseFailedException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining(kept.toString());
    }

    connect(database().start()).close();
  }

  @Test
  void directoryThatWasMadePrivateServesOn() throws Exception {
    database().start();
    DataPermissions.secure(directory);
    connect(database().start()).close();

    database().stop();
    assertThat(Files.readString(database().log())).endsWith("database system is shut down\n");
    DataPermissions.secure(directory);

    connect(database().start()).close();
  }

  @Test
  void dataOfAnotherVersionAreNotTouched() throws Exception {
    database().start();
    database().stop();
    var version = data().resolve("PG_VERSION");
    var own = Files.readString(version);
    Files.writeString(version, "14\n");
    try {
      assertThatThrownBy(() -> database().start())
          .isInstanceOf(DatabaseFailedException.class)
          .hasMessageContaining("was written by PostgreSQL 14")
          .hasMessageContaining("backup");
    } finally {
      Files.writeString(version, own);
    }
  }

  @Test
  void programsOfAnotherReleaseAreRemovedAtTheNextStart() throws Exception {
    database().start();
    database().stop();
    var other = Files.createDirectories(directory.resolve("postgres/server-of-old/bin"));
    Files.writeString(other.resolve("postgres"), "old");

    database().start();

    assertThat(other.getParent()).doesNotExist();
  }

  @Test
  void whyItDoesNotStartIsSaid() throws Exception {
    database().start();
    database().stop();
    var settings = data().resolve("postgresql.conf");
    var before = Files.readString(settings);
    Files.writeString(settings, "no_such_setting = 1\n", StandardOpenOption.APPEND);
    try {
      assertThatThrownBy(() -> database().start())
          .isInstanceOf(DatabaseFailedException.class)
          .hasMessageContaining("no_such_setting");
    } finally {
      Files.writeString(settings, before);
    }
  }
}
