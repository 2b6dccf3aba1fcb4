package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.engine.MadeUpRelease;
import dev.troupe.clusterconfig.member.NotAdmittedException;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.postgres.DatabaseAccess;
import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members of two releases on one database with data: it stays what the older release knows as long
/// as one of its members is there, and becomes what the newer one knows then, while clients write.
@Tag("thorough")
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class TablesUpgradeIT {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final Duration PAUSE = Duration.ofMillis(500);

  /// Two members have looked, each more than once.
  private static final int SOME_LOOKS = 5;

  private static final int FIRST_PORT = 7400;

  @TempDir private Path directory;

  private final MadeUpRelease present = MadeUpRelease.present();
  private final MadeUpRelease next = MadeUpRelease.next();
  private final List<RunningMember> running = new ArrayList<>();
  private int starts;
  private LocalPostgres database;
  private DatabaseAccess access;
  private CertificateDirectory authority;
  private ClusterCertificates certificates;

  @BeforeEach
  void prepare() throws Exception {
    var random = new SecureRandom();
    database = new LocalPostgres(directory.resolve("database"), random);
    access = database.start();
    authority = new CertificateDirectory(directory.resolve("pki"), InstantSource.system(), random);
    certificates = authority.open();
    execute("CREATE TABLE " + MadeUpRelease.GATE + " (closed int)");
  }

  @AfterEach
  void stopAll() {
    running.forEach(RunningMember::stop);
    database.stop();
  }

  private Connection session() throws SQLException, IOException {
    var password = Files.readString(access.passwordFile()).strip();
    return DriverManager.getConnection(access.url(), access.user(), password);
  }

  private void execute(String sql) throws SQLException, IOException {
    try (var session = session();
        var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /// @param question answered with one number
  private int ask(String question) throws SQLException, IOException {
    try (var session = session();
        var statement = session.createStatement();
        var row = statement.executeQuery(question)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private int tables() throws SQLException, IOException {
    return ask("SELECT version FROM troupe.meta");
  }

  /// An address of loopback that no other run has, so that nobody else has its ports.
  private static String host() {
    long pid = ProcessHandle.current().pid();
    return "127.%d.%d.%d".formatted(1 + pid / 62_500 % 250, 1 + pid / 250 % 250, 1 + pid % 250);
  }

  private RunningMember start(int number, MadeUpRelease release) throws IOException {
    var name = "m" + number;
    var file = directory.resolve(name + ".conf");
    var data = directory.resolve(name);
    authority.issue(new MemberName(name, List.of(host())), data.resolve("pki"));
    Files.writeString(file, configuration(name, data));
    var ground = new CompanyMember.Ground(release.engines(), PAUSE);
    var member =
        CompanyMember.start(ConfigurationFile.read(file), ground, Extension.NONE, _ -> {}, _ -> {});
    running.add(member);
    return member;
  }

  /// At a port of its own each time: this process may have let go of the former one just now.
  private String configuration(String name, Path data) {
    int port = FIRST_PORT + starts++;
    return """
    troupe.profile = local-cluster
    troupe.store.url = "%s"
    troupe.store.postgresql { user = %s, password-file = "%s" }
    troupe.member {
      name = %s, data = "%s", host = "%s", port = %d, probe-port = 0, api.port = 0
      discovery.static = [%s]
    }
    pekko.cluster.jmx.enabled = off
    """
        .formatted(
            access.url(),
            access.user(),
            access.passwordFile(),
            name,
            data,
            host(),
            port,
            IntStream.rangeClosed(FIRST_PORT, port)
                .mapToObj(seed -> "\"" + host() + ":" + seed + "\"")
                .collect(Collectors.joining(", ")));
  }

  private void stop(RunningMember member) {
    member.stop();
    running.remove(member);
  }

  private Api api(RunningMember member) {
    var kubeconfig = directory.resolve("kubeconfig-" + member.port());
    new Kubeconfig("https://%s:%d".formatted(host(), member.port()), certificates)
        .write(kubeconfig);
    return Api.from(kubeconfig);
  }

  /// Creates one object after the other, and each must be acknowledged.
  private static final class Writer implements Runnable, AutoCloseable {

    private final Api api;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this);
    private final List<String> written;
    private volatile String failure = "";
    private volatile boolean closed;

    private Writer(Api api, List<String> written) {
      this.api = api;
      this.written = written;
      thread.start();
    }

    @Override
    public void run() {
      for (int n = 0; !closed && failure.isEmpty(); n++) {
        write("during-" + n);
      }
    }

    private void write(String name) {
      try {
        var answer = api.post(PATH, "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
        if (answer.code() == 201) {
          written.add(name);
        } else {
          failure = name + ": " + answer;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (RuntimeException | InterruptedException broken) {
        failure = name + ": " + broken;
      }
    }

    private void awaitMore(int count) throws InterruptedException {
      int before = written.size();
      await(() -> !failure.isEmpty() || written.size() >= before + count);
      assertThat(failure).isEmpty();
    }

    @Override
    public void close() {
      closed = true;
      try {
        thread.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    while (!wanted.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void awaitLooks() throws InterruptedException {
    int before = next.looks();
    await(() -> next.looks() >= before + SOME_LOOKS);
  }

  /// @return the process of the server that is in the middle of the steps
  private int awaitTheMiddle() throws Exception {
    int server = 0;
    while (server == 0) {
      server =
          ask(
              "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
                  + " AND query LIKE '%PERFORM pg_sleep%'");
    }
    return server;
  }

  private static void create(Api api, List<String> names) {
    for (var name : names) {
      assertThat(api.post(PATH, "{\"metadata\": {\"name\": \"%s\"}}".formatted(name)).code())
          .isEqualTo(201);
    }
  }

  private static List<String> names(Api api) {
    var names = new ArrayList<String>();
    for (var item : api.get(PATH).body().path("items")) {
      names.add(item.path("metadata").path("name").asString());
    }
    return names;
  }

  @Test
  void tablesBecomeNewOnceWhenNoMemberKnowsTheOldOnesOnly() throws Exception {
    var before = IntStream.range(0, 30).mapToObj(n -> "before-" + n).toList();
    var first = start(0, present);
    var second = start(1, present);
    create(api(second), before);
    stop(second);
    second = start(1, next);
    var third = start(2, next);

    var written = new CopyOnWriteArrayList<String>();
    try (var writer = new Writer(api(third), written)) {
      awaitLooks();
      assertThat(next.upgrades()).as("asked while an old member was there").isZero();
      assertThat(tables()).isEqualTo(present.tables());

      execute("INSERT INTO " + MadeUpRelease.GATE + " VALUES (1)");
      stop(first);
      loseOneInTheMiddle(writer);
      awaitTheMiddle();
      writer.awaitMore(10);
      execute("DELETE FROM " + MadeUpRelease.GATE);
      while (tables() < next.tables()) {
        writer.awaitMore(1);
      }
      awaitLooks();
      int upgrades = next.upgrades();
      awaitLooks();
      assertThat(next.upgrades()).as("asked when there was nothing left").isEqualTo(upgrades);

      first = start(0, next);
      writer.awaitMore(10);
    }
    for (var member : List.of(first, second, third)) {
      assertThat(names(api(member))).containsAll(before).containsAll(written);
    }
    assertThat(ask("SELECT sum(upgrades) FROM troupe.made_up")).isEqualTo(1);
    assertOldOneIsRefused();
  }

  /// What a kill of the member does to the database, or a network that is cut.
  private void loseOneInTheMiddle(Writer writer) throws Exception {
    int server = awaitTheMiddle();
    writer.awaitMore(10);
    execute("SELECT pg_terminate_backend(" + server + ")");
    while (ask("SELECT count(*) FROM pg_stat_activity WHERE pid = " + server) > 0) {
      writer.awaitMore(1);
    }
    assertThat(tables()).isEqualTo(present.tables());
    assertThat(ask("SELECT count(*) FROM pg_tables WHERE tablename = 'made_up'")).isZero();
  }

  private void assertOldOneIsRefused() {
    assertThatThrownBy(() -> start(3, present))
        .isInstanceOf(NotAdmittedException.class)
        .hasMessage(
            "the database was written by a newer Troupe: its tables are of version %d, this one"
                + " knows up to version %d; start the release that its members run",
            next.tables(), present.tables());
  }
}
