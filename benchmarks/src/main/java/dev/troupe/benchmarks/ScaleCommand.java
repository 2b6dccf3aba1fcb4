package dev.troupe.benchmarks;

import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import dev.troupe.benchmarks.scale.ScaleBenchmark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench scale`.
@Command(
    name = "scale",
    description =
        "Creates per second through one member and through three, each with the same share of the"
            + " processors: it needs control groups that it may write.",
    mixinStandardHelpOptions = true)
final class ScaleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--members",
      defaultValue = "1,3",
      split = ",",
      description = "A row for each number (default: ${DEFAULT-VALUE}).")
  private List<Integer> members = List.of();

  @Option(
      names = "--cores",
      defaultValue = "0.5",
      description = "Of each member (default: ${DEFAULT-VALUE}).")
  private double cores;

  @Option(
      names = "--connections",
      defaultValue = "16",
      description = "To each member (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description =
          "Seconds of load at first, in which members may take more than their shares"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--groups",
      defaultValue = "/sys/fs/cgroup",
      description = "Where control groups are (default: ${DEFAULT-VALUE}).")
  private Path groups = Path.of("/sys/fs/cgroup");

  @Mixin private Repeats repeats = new Repeats();
  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--members", members);
    repeats.checkPositive("--connections", List.of(connections));
    repeats.checkPositive("--warm-up", List.of(warmUp));
    if (!(cores > 0)) {
      throw new ParameterException(spec.commandLine(), "--cores must be above 0");
    }
    var settings =
        new ScaleBenchmark.Settings(
            members, cores, connections, Duration.ofSeconds(warmUp), repeats.rounds());
    return bench.run(
        (directory, progress) -> ScaleBenchmark.run(directory, groups, settings, progress));
  }
}
