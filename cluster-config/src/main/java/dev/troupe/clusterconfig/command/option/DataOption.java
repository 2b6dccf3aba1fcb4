package dev.troupe.clusterconfig.command.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The data directory, which names the instance that a command is about.
public final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept, and by what an instance is found (default: .troupe)")
  private Path directory = Path.of(".troupe");

  public Path directory() {
    return directory.toAbsolutePath().normalize();
  }
}
