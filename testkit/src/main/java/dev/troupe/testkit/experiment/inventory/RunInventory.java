package dev.troupe.testkit.experiment.inventory;

import dev.troupe.testkit.members.NamespaceNetwork;
import dev.troupe.testkit.members.machine.OwnDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What one run has started, in a file of its directory, which one run has at a time: whoever takes
/// it next removes what a run that was killed has left. Nothing else is touched: a process is ended
/// only if its number, its start and a word of its command line are those of the file.
///
/// | file | |
/// | --- | --- |
/// | `run.lock` | held by the run as long as its process is there |
/// | `started.json` | what it has started |
public final class RunInventory implements AutoCloseable {

  private static final String LOCK = "run.lock";
  private static final String STARTED = "started.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STEP_NANOS = 20_000_000;

  /// @param words of command lines that only processes of this run have
  /// @param processes that were seen
  /// @param networksOf which process has made network namespaces; 0 if none has
  /// @param groups directories of control groups that were made
  /// @param mounts where disks were mounted
  record Contents(
      Set<String> words,
      List<StartedProcess> processes,
      long networksOf,
      Set<String> groups,
      Set<String> mounts) {

    Contents {
      words = Set.copyOf(words);
      processes = List.copyOf(processes);
      groups = Set.copyOf(groups);
      mounts = Set.copyOf(mounts);
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final Set<String> words = new TreeSet<>();
  private final List<StartedProcess> processes = new ArrayList<>();
  private long networksOf;
  private final Set<String> groups = new TreeSet<>();
  private final Set<String> mounts = new TreeSet<>();

  private RunInventory(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes a directory, and removes what a former run has left there.
  ///
  /// @param said told in a sentence what was removed
  /// @return empty if another run has it
  public static Optional<RunInventory> take(Path directory, Consumer<String> said) {
    try {
      Files.createDirectories(directory);
      requireOwn(directory);
      var channel =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel).isEmpty()) {
        channel.close();
        return Optional.empty();
      }
      var file = directory.resolve(STARTED);
      if (Files.exists(file)) {
        removeWhatIsLeft(file, said);
      }
      return Optional.of(new RunInventory(file, channel));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void requireOwn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      if (!Files.exists(directory.resolve(LOCK)) && files.findAny().isPresent()) {
        throw new IllegalStateException(
            directory + " holds files that are not of an experiment: choose another directory");
      }
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException ofThisProcess) {
      return Optional.empty();
    }
  }

  private static void removeWhatIsLeft(Path file, Consumer<String> said) throws IOException {
    Contents left;
    try {
      left = JSON.readValue(Files.readAllBytes(file), Contents.class);
    } catch (JacksonException illegible) {
      throw new IllegalStateException(
          "%s tells what a former run has started, and cannot be read: end what is left by hand, then remove it"
              .formatted(file),
          illegible);
    }
    int ended = end(left);
    said.accept(
        "a former run did not come to its end: %s%s%s%s"
            .formatted(
                ended == 0
                    ? "no process of it was left"
                    : "%d of its processes were left, and have been ended".formatted(ended),
                removeNetworks(left.networksOf()),
                removeGroups(left.groups()),
                removeMounts(left.mounts(), file.resolve("..").normalize())));
    Files.delete(file);
  }

  /// Whoever has the number of that process now may have such networks of his own.
  ///
  /// @return what was done, for people
  private static String removeNetworks(long of) {
    if (of == 0) {
      return "";
    }
    if (ProcessHandle.of(of).isPresent()) {
      return "; network namespaces troupe-%d-… were left alone, as a process has that number"
          .formatted(of);
    }
    int removed = NamespaceNetwork.removeThoseOf(of);
    return removed == 0 ? "" : "; %d network namespaces were removed".formatted(removed);
  }

  /// Nobody can be in them any more.
  ///
  /// @return what was done, for people
  private static String removeGroups(Set<String> directories) throws IOException {
    boolean removed = false;
    for (var directory : directories) {
      var parent = Path.of(directory);
      if (Files.isDirectory(parent)) {
        try (var below = Files.list(parent)) {
          for (var group : below.filter(Files::isDirectory).toList()) {
            Files.delete(group);
          }
        }
        Files.delete(parent);
        removed = true;
      }
    }
    return removed ? "; its control groups were removed" : "";
  }

  /// Nobody can use them any more. Those that are not below the directory are somebody else's.
  ///
  /// @return what was done, for people
  private static String removeMounts(Set<String> mounts, Path directory) {
    long removed =
        mounts.stream()
            .map(Path::of)
            .filter(mount -> mount.startsWith(directory) && !mount.equals(directory))
            .filter(mount -> OwnDisk.unmount(mount).isEmpty())
            .count();
    return removed == 0 ? "" : "; its disk was unmounted";
  }

  /// Ends what was seen, and what had been started and not been seen yet.
  ///
  /// @return how many processes there were
  private static int end(Contents contents) {
    var left = new ArrayList<>(contents.processes());
    left.addAll(StartedProcess.withAny(contents.words()));
    int ended = 0;
    for (var process : left) {
      if (process.running().filter(ProcessHandle::destroyForcibly).isPresent()) {
        ended++;
        awaitEnd(process);
      }
    }
    return ended;
  }

  private static void awaitEnd(StartedProcess process) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.running().isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "process %d was killed and is still there after %d s: the operating system does not let it go"
                .formatted(process.pid(), PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /// Removes all files of the directory that are not its own, which is only done while nothing
  /// runs.
  public void clear() {
    var directory = file.toAbsolutePath().getParent();
    try (var files = Files.walk(directory)) {
      for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(directory) && !isOwn(each)) {
          Files.delete(each);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s cannot be emptied: %s".formatted(directory, failure.getMessage()), failure);
    }
  }

  private boolean isOwn(Path each) {
    return each.equals(file) || each.equals(file.resolveSibling(LOCK));
  }

  /// Before a process is started: whoever has this word in its command line will be one of this
  /// run.
  public synchronized void expect(String word) {
    if (words.add(word)) {
      write();
    }
  }

  /// Before this process makes network namespaces.
  public synchronized void expectNetworks() {
    networksOf = ProcessHandle.current().pid();
    write();
  }

  /// After control groups were made.
  ///
  /// @param parent the directory of all of them
  public synchronized void expectGroups(Path parent) {
    groups.add(parent.toString());
    write();
  }

  /// Before a disk is mounted.
  public synchronized void expectMount(Path mount) {
    mounts.add(mount.toString());
    write();
  }

  /// After processes were started: remembers those that are there.
  public synchronized void look() {
    var seen = StartedProcess.withAny(words);
    if (processes.addAll(seen.stream().filter(process -> !isKnown(process)).toList())) {
      processes.removeIf(process -> process.running().isEmpty());
      write();
    }
  }

  /// Those that are there now and have a word in their command line that was expected.
  public synchronized List<ProcessHandle> running(String word) {
    return words.contains(word)
        ? StartedProcess.withAny(List.of(word)).stream()
            .flatMap(process -> process.running().stream())
            .toList()
        : List.of();
  }

  private boolean isKnown(StartedProcess process) {
    return processes.stream()
        .anyMatch(known -> known.pid() == process.pid() && known.running().isPresent());
  }

  private void write() {
    try {
      var part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(
          part, JSON.writeValueAsBytes(new Contents(words, processes, networksOf, groups, mounts)));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Ends what is still there, and gives the directory back.
  @Override
  public synchronized void close() {
    try (channel) {
      var _ = end(new Contents(words, processes, 0, Set.of(), Set.of()));
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
