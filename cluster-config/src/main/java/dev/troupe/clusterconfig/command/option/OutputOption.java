package dev.troupe.clusterconfig.command.option;

import picocli.CommandLine.Option;

/// How a command prints what it found.
public final class OutputOption {

  /// The forms that a result can have.
  public enum Output {
    TABLE,
    JSON
  }

  @Option(names = "--output", paramLabel = "FORM", description = "table or json (default: table)")
  private Output output = Output.TABLE;

  public boolean isJson() {
    return output == Output.JSON;
  }
}
