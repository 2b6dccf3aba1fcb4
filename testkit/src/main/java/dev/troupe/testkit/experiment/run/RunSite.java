package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.guest.Guest;
import dev.troupe.testkit.members.Premises;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where experiments are run, and with what.
///
/// @param directory for members and their database while one is run; one run has it at a time
/// @param premises makes a database and certificates below a directory
/// @param databaseWord of a directory of premises: the word of the database's command line that no
///   other process has
/// @param machine a line for each thing that figures depend on
/// @param clock for people
/// @param progress told in a line what happens
/// @param guest what members run besides, and what is asked of that
public record RunSite(
    Path directory,
    Function<Path, Premises> premises,
    Function<Path, String> databaseWord,
    List<String> machine,
    InstantSource clock,
    Consumer<String> progress,
    Guest guest) {

  public RunSite {
    directory = directory.toAbsolutePath().normalize();
    machine = List.copyOf(machine);
  }

  /// The same with somebody's own controllers in members.
  public RunSite with(Guest invited) {
    return new RunSite(directory, premises, databaseWord, machine, clock, progress, invited);
  }
}
