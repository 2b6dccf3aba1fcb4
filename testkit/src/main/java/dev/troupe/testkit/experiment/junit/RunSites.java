package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.run.RunSite;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Makes places at which experiments of tests are run; found as a service, as a module brings it
/// that knows what members are made of.
public interface RunSites {

  /// Why members cannot be had on this machine; empty if they can.
  String obstacle();

  /// @param directory for members and their database
  /// @param progress told in a line what happens
  RunSite at(Path directory, Consumer<String> progress);
}
