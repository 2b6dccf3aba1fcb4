package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.inventory.RunInventory;
import dev.troupe.testkit.members.Premises;
import dev.troupe.testkit.process.Signal;
import java.util.List;
import java.util.stream.Stream;

/// The database of an experiment, and its processes.
///
/// @param word of the command line of its first process
public record DatabaseSite(Premises premises, RunInventory inventory, String word) {

  /// Ends it in an orderly way.
  void stop() {
    premises.stopDatabase();
  }

  /// Returns when it takes connections.
  void start() {
    premises.startDatabase();
    inventory.look();
  }

  void endSessions() {
    premises.endSessions();
  }

  /// The first process, and all that it has started.
  private List<ProcessHandle> processes() {
    return inventory.running(word).stream()
        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
        .toList();
  }

  /// kill -9 of all of it.
  void kill() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  /// It is there, and does nothing.
  void freeze() {
    processes().forEach(process -> send("STOP", process));
  }

  /// It goes on as if nothing had been.
  void thaw() {
    processes().forEach(process -> send("CONT", process));
  }

  private static void send(String signal, ProcessHandle process) {
    try {
      Signal.send(signal, process.pid());
    } catch (IllegalStateException failure) {
      if (process.isAlive()) {
        throw failure;
      }
    }
  }
}
