package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.command.TroupeCommand;
import dev.troupe.clusterconfig.command.experiment.ExperimentCommand;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.RecordFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// An experiment that a test writes, runs as its users do, and reads the record of.
final class TriedExperiment {

  private static final String STEADY = "- {kind: steady, per-second: 60}\n";

  private final Path directory;
  private final StringWriter printed = new StringWriter();

  TriedExperiment(Path directory) {
    this.directory = directory;
  }

  /// One whose faults are planned, on three members under a steady load.
  ExperimentRecord faults(String faults, String quiet) {
    return with("count: 3", STEADY, faults, quiet);
  }

  /// @param members the keys of the members, in a line each
  ExperimentRecord with(String members, String workload, String faults, String quiet) {
    var text =
        """
        name: tried
        shows: Somebody is missed for a moment.
        members:
        %s
        workload:
        %s
        faults:
          planned:
        %s
        durations: {warm-up: 2s, quiet: %s}
        must-hold: {invariants: all}
        """
            .formatted(indented(2, members), indented(2, workload), indented(4, faults), quiet);
    int code = run(text);
    assertThat(code).as(printed::toString).isZero();
    assertNothingIsLeft(output());
    return RecordFile.read(output().resolve("tried-7.json"));
  }

  private static String indented(int by, String text) {
    return text.indent(by).stripTrailing();
  }

  private int run(String text) {
    try {
      var file = Files.writeString(directory.resolve("tried.yaml"), text);
      return ExperimentCommand.commandLine(TroupeCommand.class, new PrintWriter(printed, true))
          .execute("run", file.toString(), "--seed", "7", "--output", output().toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What was said while it was run.
  String printed() {
    return printed.toString();
  }

  /// The words of the kinds of faults that came, in their order.
  static Stream<String> kinds(ExperimentRecord record) {
    return record.faults().stream().map(FaultSpan::kind);
  }

  /// Logs of all members.
  String logs() {
    var running = output().resolve("running");
    var all = new StringBuilder();
    for (int number = 1; number <= 3; number++) {
      try {
        all.append(
            Files.readString(running.resolve(String.format(Locale.ROOT, "m%d.log", number))));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return all.toString();
  }

  private Path output() {
    return directory.resolve("output");
  }

  /// @param output of a run that is over
  static void assertNothingIsLeft(Path output) {
    assertThat(output.resolve("running/started.json")).doesNotExist();
    assertThat(processes(output).map(ProcessHandle::info)).isEmpty();
  }

  /// What a run has started, and is still there.
  static Stream<ProcessHandle> processes(Path output) {
    var running = output.resolve("running").toString();
    return ProcessHandle.allProcesses().filter(process -> isOf(running, process));
  }

  private static boolean isOf(String running, ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains(running);
    } catch (IOException gone) {
      return false;
    }
  }
}
