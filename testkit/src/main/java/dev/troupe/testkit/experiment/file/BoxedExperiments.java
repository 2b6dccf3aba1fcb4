package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The experiments that are in the box. Each is a file like everybody's.
public final class BoxedExperiments {

  private static final List<String> NAMES =
      List.of(
          "kill-owner",
          "kill-coordinator",
          "kill-all",
          "freeze",
          "cut",
          "one-way-cut",
          "partial-cut",
          "flapping",
          "slow-network",
          "lossy-network",
          "resets",
          "rolling-restart",
          "leave-and-join",
          "database-restart",
          "database-away",
          "killed-sessions",
          "database-failover",
          "disk",
          "starved-cpu",
          "memory",
          "clock",
          "clients",
          "controllers",
          "mixed");

  private BoxedExperiments() {}

  /// An experiment by its name, with the sentence that says what it shows.
  public record Title(String name, String shows) {}

  /// In an order for people: what is simple comes first.
  public static List<String> names() {
    return NAMES;
  }

  public static List<Title> list() {
    return NAMES.stream().map(name -> new Title(name, read(name).shows())).toList();
  }

  /// @throws RefusedExperiment if there is none of this name
  public static ExperimentPlan read(String name) {
    return ExperimentReader.read(fileName(name), bytes(name));
  }

  /// One in the box, or a file: a name of the box is never one of a file.
  ///
  /// @throws RefusedExperiment if there is neither, or the file is wrong
  public static ExperimentPlan find(String nameOrFile) {
    var file = Path.of(nameOrFile);
    if (NAMES.contains(nameOrFile) || !Files.isRegularFile(file)) {
      return read(nameOrFile);
    }
    try {
      return ExperimentReader.read(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s cannot be read: %s".formatted(file, failure.getMessage()), failure);
    }
  }

  /// The file, for somebody who wants to change it.
  ///
  /// @throws RefusedExperiment if there is none of this name
  public static byte[] bytes(String name) {
    if (!NAMES.contains(name)) {
      throw new RefusedExperiment(
          "there is no experiment \"%s\"%s; there are %s"
              .formatted(
                  name,
                  Suggestion.of(name, NAMES).map(near -> " (is " + near + " meant?)").orElse(""),
                  String.join(", ", NAMES)));
    }
    try (var file =
        BoxedExperiments.class.getResourceAsStream(
            "/dev/troupe/testkit/experiments/" + fileName(name))) {
      if (file == null) {
        throw new IllegalStateException("the box lacks " + fileName(name));
      }
      return file.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String fileName(String name) {
    return name + ".yaml";
  }
}
