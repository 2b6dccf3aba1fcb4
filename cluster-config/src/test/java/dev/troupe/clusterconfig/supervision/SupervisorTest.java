package dev.troupe.clusterconfig.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.supervision.logic.RestartLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, but tiny ones.
@Timeout(60)
class SupervisorTest {

  private static final RestartLimits SOON =
      new RestartLimits(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofHours(1), 3);

  @TempDir private Path directory;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  static List<String> java(Class<?> program, Path argument) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx32m",
        "-cp",
        System.getProperty("java.class.path"),
        program.getName(),
        argument.toString());
  }

  static List<MemberProcess> members(Path directory) {
    return List.of(member(directory, 1), member(directory, 2));
  }

  private static MemberProcess member(Path directory, int number) {
    var own = directory.resolve("member-" + number);
    return new MemberProcess("member " + number, own, java(TinyMember.class, own));
  }

  private MemberProcess member(int number) {
    return member(directory, number);
  }

  private Supervisor supervisor(Optional<Supervised> database, List<MemberProcess> members) {
    return Supervisor.over(database, members, SOON, InstantSource.system(), told::add);
  }

  private static void await(BooleanSupplier fact) throws InterruptedException {
    while (!fact.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /// As its own file says, not as whoever started it knows.
  private ProcessHandle awaitMember(int number, long notThis) throws InterruptedException {
    var file = InstanceFile.in(directory.resolve("member-" + number));
    await(() -> file.running().filter(found -> found.pid() != notThis).isPresent());
    return file.running().flatMap(Instance::process).orElseThrow();
  }

  private int starts(int number) throws IOException {
    return Files.readString(directory.resolve("member-" + number).resolve("starts")).length();
  }

  @AfterEach
  void killAll() {
    for (int number = 1; number <= 2; number++) {
      member(number).hold();
      member(number)
          .running()
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
    }
  }

  @Test
  void membersAreStartedAndKilledOnesStartedAgain() throws Exception {
    try (var _ = supervisor(Optional.empty(), members(directory))) {
      var first = awaitMember(1, -1);
      var second = awaitMember(2, -1);

      first.destroyForcibly();

      assertThat(awaitMember(1, first.pid()).isAlive()).isTrue();
      assertThat(told.take())
          .startsWith(
              "member 1 has ended and is started again in 10 ms: it was killed by signal 9 (");
      assertThat(member(2).running()).contains(second);
    }
  }

  @Test
  void supervisorThatIsKilledAndStartedAgainFindsWhatRuns() throws Exception {
    var former =
        new ProcessBuilder(java(TinySupervisor.class, directory))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var first = awaitMember(1, -1);
    var second = awaitMember(2, -1);
    former.destroyForcibly().waitFor();
    assertThat(first.isAlive()).isTrue();

    try (var _ = supervisor(Optional.empty(), members(directory))) {
      second.destroyForcibly();
      awaitMember(2, second.pid());
    }

    assertThat(member(1).running()).contains(first);
    assertThat(starts(1)).isEqualTo(1);
    assertThat(starts(2)).isEqualTo(2);
  }

  @Test
  void membersOutliveWhoeverWatchesOverThem() throws Exception {
    ProcessHandle first;
    try (var _ = supervisor(Optional.empty(), List.of(member(1)))) {
      first = awaitMember(1, -1);
    }
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void whatIsHeldIsNotStartedAndWhatIsReleasedIs() throws Exception {
    member(1).hold();
    try (var _ = supervisor(Optional.empty(), members(directory))) {
      var second = awaitMember(2, -1);
      member(2).hold();
      second.destroyForcibly();
      second.onExit().join();
      member(1).release();
      awaitMember(1, -1);

      assertThat(member(2).running()).isEmpty();
      assertThat(told).isEmpty();
      assertThat(starts(2)).isEqualTo(1);
    }
  }

  @Test
  void oneThatEndsAtOnceAgainAndAgainIsToldOf() throws Exception {
    Files.createDirectories(directory.resolve("member-1"));
    Files.writeString(directory.resolve("member-1").resolve("broken"), "");
    try (var _ = supervisor(Optional.empty(), members(directory))) {
      String sentence;
      do {
        sentence = told.take();
        assertThat(sentence).contains("this one is broken").contains("troupe.log");
      } while (!sentence.contains("has ended 3 times in a row"));
      awaitMember(2, -1);

      Files.delete(directory.resolve("member-1").resolve("broken"));
      awaitMember(1, -1);
    }
  }

  @Test
  void oneThatSaysThatNoStartWillHelpIsLeftAloneUntilItIsAskedFor() throws Exception {
    Files.createDirectories(directory.resolve("member-1"));
    Files.writeString(directory.resolve("member-1").resolve("refusing"), "");
    try (var _ = supervisor(Optional.empty(), members(directory))) {
      assertThat(told.take())
          .startsWith("member 1 has ended and is not started again")
          .contains("this one refuses");
      awaitMember(2, -1);
      assertThat(starts(1)).isOne();

      Files.delete(directory.resolve("member-1").resolve("refusing"));
      member(1).ask();
      awaitMember(1, -1);
      assertThat(starts(1)).isEqualTo(2);
      assertThat(member(1).isAsked()).isFalse();
    }
  }

  @Test
  void whoHasJustBeenStartedIsFoundByOthersBeforeItSaysAnything() throws Exception {
    var silent =
        new MemberProcess("member 1", directory.resolve("member-1"), List.of("sleep", "60"));
    silent.start();

    assertThat(member(1).running()).isEqualTo(silent.running());
    assertThat(member(1).running()).isPresent();
  }

  @Test
  void noMemberIsStartedWhileThereIsNoDatabase() throws Exception {
    var database = new Fake();
    try (var _ = supervisor(Optional.of(database), List.of(member(1)))) {
      assertThat(told.take())
          .isEqualTo("the database has ended and is started again in 10 ms: no disk");
      assertThat(told.take()).contains("20 ms");
      assertThat(directory.resolve("member-1")).doesNotExist();

      database.repaired = true;
      awaitMember(1, -1);
    }
  }

  /// Cannot be started before it is repaired.
  private static final class Fake implements Supervised {

    private volatile boolean repaired;
    private volatile boolean started;

    @Override
    public String name() {
      return "the database";
    }

    @Override
    public boolean isWanted() {
      return true;
    }

    @Override
    public Optional<ProcessHandle> running() {
      return started ? Optional.of(ProcessHandle.current()) : Optional.empty();
    }

    @Override
    public void start() {
      if (!repaired) {
        throw new IllegalStateException("no disk");
      }
      started = true;
    }

    @Override
    public String lastWords() {
      return "";
    }
  }
}
