package dev.troupe.testkit.experiment.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A process of a run: its number, when it began, and the word of its command line that no other
/// process has. Only who has all three is that process.
///
/// @param startMillis since 1970
record StartedProcess(long pid, long startMillis, String word) {

  /// Two readings of one process's start differ by rounding, and by corrections of the clock.
  private static final long SAME_START_MILLIS = 2_000;

  private static final Path PROCESSES = Path.of("/proc");

  /// Those that are there and have one of some words.
  static List<StartedProcess> withAny(Collection<String> words) {
    return ProcessHandle.allProcesses().flatMap(process -> of(process, words)).toList();
  }

  private static Stream<StartedProcess> of(ProcessHandle process, Collection<String> words) {
    return arguments(process).stream()
        .filter(words::contains)
        .limit(1)
        .flatMap(word ->
            start(process).stream().map(start -> new StartedProcess(process.pid(), start, word)));
  }

  private static Optional<Long> start(ProcessHandle process) {
    return process.info().startInstant().map(instant -> instant.toEpochMilli());
  }

  /// All words of its command line. One that has ended and that nobody has waited for has none.
  private static List<String> arguments(ProcessHandle process) {
    try {
      var line = Files.readAllBytes(PROCESSES.resolve(process.pid() + "/cmdline"));
      return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException goneOrAnotherSystem) {
      return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }
  }

  /// This very process, if it is still there.
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(process -> arguments(process).contains(word))
        .filter(process ->
            start(process)
                .filter(start -> Math.abs(start - startMillis) <= SAME_START_MILLIS)
                .isPresent());
  }
}
