package dev.troupe.testkit.experiment.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.members.machine.OwnDisk;
import dev.troupe.testkit.members.machine.ToolCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class RunInventoryTest {

  @TempDir private Path directory;
  @TempDir private Path words;

  private final List<String> said = new ArrayList<>();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private RunInventory taken() {
    return RunInventory.take(directory, said::add).orElseThrow();
  }

  /// Something that goes on until it is ended, with a word of its own in its command line.
  private Process start(String word) throws IOException {
    var process = new ProcessBuilder("tail", "-f", word).start();
    started.add(process);
    // It is in the list of processes under its name as soon as it opens what it follows.
    assertThat(process.isAlive()).isTrue();
    return process;
  }

  private String word(String name) throws IOException {
    return Files.createFile(words.resolve(name)).toString();
  }

  private static boolean ends(Process process) throws InterruptedException {
    return process.waitFor(10, TimeUnit.SECONDS);
  }

  /// As a run that is killed leaves it: with its file, and without its lock.
  private void leave(String word, List<StartedProcess> processes) throws IOException {
    leave(word, processes, Set.of());
  }

  private void leave(String word, List<StartedProcess> processes, Set<String> mounts)
      throws IOException {
    Files.createFile(directory.resolve("run.lock"));
    Files.write(
        directory.resolve("started.json"),
        JsonMapper.shared()
            .writeValueAsBytes(
                new RunInventory.Contents(Set.of(word), processes, 0, Set.of(), mounts)));
  }

  @Test
  void oneRunHasADirectoryAtATime() {
    try (var _ = taken()) {
      assertThat(RunInventory.take(directory, said::add)).isEmpty();
    }
    taken().close();
    assertThat(said).isEmpty();
  }

  @Test
  void whatARunHasStartedEndsWithIt() throws Exception {
    var word = word("own");
    var other = start(word("other"));
    Process own;
    try (var inventory = taken()) {
      inventory.expect(word);
      own = start(word);
      inventory.look();
    }
    assertThat(ends(own)).isTrue();
    assertThat(other.isAlive()).isTrue();
    assertThat(directory.resolve("started.json")).doesNotExist();
  }

  @Test
  void whatAKilledRunHasLeftIsEndedByTheNextOneWhichSaysSo() throws Exception {
    var word = word("own");
    var own = start(word);
    leave(word, StartedProcess.withAny(List.of(word)));
    try (var _ = taken()) {
      assertThat(said).singleElement().asString().contains("1 of its processes");
      assertThat(ends(own)).isTrue();
    }
  }

  /// It was killed between the start and the note.
  @Test
  void whatAKilledRunHadNotNotedYetIsEndedToo() throws Exception {
    var word = word("own");
    var own = start(word);
    leave(word, List.of());
    taken().close();
    assertThat(ends(own)).isTrue();
  }

  @Test
  void diskThatAKilledRunHasMountedIsUnmountedByTheNextOneAndNoOther() throws IOException {
    var own = Files.createDirectories(directory.resolve("postgres"));
    var other = Files.createDirectories(words.resolve("other"));
    var refused = mount(own);
    assumeTrue(refused.isEmpty(), refused);
    assertThat(mount(other)).isEmpty();
    leave("own", List.of(), Set.of(own.toString(), other.toString()));
    taken().close();
    assertThat(said).singleElement().asString().contains("its disk was unmounted");
    assertThat(OwnDisk.unmount(own)).isNotEmpty();
    assertThat(OwnDisk.unmount(other)).isEmpty();
  }

  private static String mount(Path where) {
    return ToolCommand.attempt("mount", "-t", "tmpfs", "none", where.toString());
  }

  @Test
  void filesOfOthersAreNotTakenForThoseOfARun() throws IOException {
    Files.createFile(directory.resolve("letters"));
    assertThatThrownBy(() -> RunInventory.take(directory, said::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("choose another directory");
  }

  @Test
  void clearingKeepsWhatTheRunNeedsItself() throws IOException {
    try (var inventory = taken()) {
      Files.createDirectories(directory.resolve("postgres/data"));
      inventory.expect(word("own"));
      inventory.clear();
      try (var files = Files.list(directory)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("run.lock", "started.json");
      }
    }
  }

  @Test
  void whoeverHasTheNumberOfAProcessThatIsGoneIsLeftAlone() throws Exception {
    var other = start(word("other"));
    var pid = other.pid();
    leave(word("own"), List.of(new StartedProcess(pid, System.currentTimeMillis(), "own")));
    taken().close();
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void whoeverHasNumberAndWordButBeganAtAnotherTimeIsLeftAlone() throws Exception {
    var word = word("own");
    var other = start(word);
    leave("nobody", List.of(new StartedProcess(other.pid(), 1_000, word)));
    taken().close();
    assertThat(other.isAlive()).isTrue();
    assertThat(said).singleElement().asString().contains("no process of it was left");
  }
}
