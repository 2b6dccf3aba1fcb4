package dev.troupe.clusterconfig.command.create;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.member.DistributionHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a Maven project with a kind, its controller, a test and a README.
@Command(
    name = "controller",
    description = {
      "Make a Maven project with a kind, its controller, a test and a README.",
      "Nothing that is there is changed."
    },
    mixinStandardHelpOptions = true)
final class NewControllerCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description = "What it is called, such as tea-pot: the kind is TeaPot then")
  private String name = "";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The API group of the kind, a domain of yours (default: ${DEFAULT-VALUE})")
  private String group = "example.com";

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where it is made (default: NAME)")
  private @Nullable Path directory;

  private final PrintWriter out;

  NewControllerCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var project = new ControllerProject(ProjectName.of(name, group), DistributionHome.find());
    var root = directory == null ? Path.of(name) : directory;
    if (Files.exists(root)) {
      throw new CommandFailedException(
          root + " exists already: choose another name, or another place with --directory");
    }
    try {
      for (var file : project.files().entrySet()) {
        var path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write below " + root + ": " + e.getMessage(), e);
    }
    out.printf("A controller of the kind %s is in %s. Next:%n%n", project.kind(), root);
    project.nextSteps(root).forEach(line -> out.println("    " + line));
    out.printf("%n%s says more.%n", root.resolve("README.md"));
    return 0;
  }
}
