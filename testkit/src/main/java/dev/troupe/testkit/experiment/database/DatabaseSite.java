package dev.troupe.testkit.experiment.database;

import dev.troupe.testkit.experiment.inventory.RunInventory;
import dev.troupe.testkit.members.Premises;
import dev.troupe.testkit.process.Signal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The database of an experiment, and its processes.
///
/// @param word of the command line of its first process
/// @param disk where it has its files
/// @param redirect lets members find it at another URL
public record DatabaseSite(
    Premises premises,
    RunInventory inventory,
    String word,
    DatabaseDisk disk,
    Consumer<String> redirect) {

  /// Ends it in an orderly way.
  public void stop() {
    premises.stopDatabase();
  }

  /// Returns when it takes connections.
  public void start() {
    premises.startDatabase();
    inventory.look();
  }

  public void endSessions() {
    premises.endSessions();
  }

  /// The first process, and all that it has started.
  private List<ProcessHandle> processes() {
    return inventory.running(premises.promotedWord().orElse(word)).stream()
        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
        .toList();
  }

  /// kill -9 of all of it.
  public void kill() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  /// kill -9 of all of it; its standby takes over.
  public void failOver() {
    if (!premises.hasStandby()) {
      throw new IllegalStateException("its standby has taken over already, and there is no other");
    }
    kill();
    premises.promoteStandby();
    redirect.accept(premises.storeUrl());
  }

  /// It is there, and does nothing.
  public void freeze() {
    processes().forEach(process -> send("STOP", process));
  }

  /// It goes on as if nothing had been.
  public void thaw() {
    processes().forEach(process -> send("CONT", process));
  }

  /// Everything that it writes takes longer.
  public void slow(Duration delay) {
    disk.itsThrottle()
        .slow(disk.own().device(), delay, processes().stream().map(ProcessHandle::pid).toList());
  }

  public void fast() {
    disk.itsThrottle().free(disk.own().device());
  }

  /// There is no room on its disk.
  public void fill() {
    disk.own().fill();
  }

  /// There is room again, and it runs again if it has ended meanwhile.
  public void makeRoom() {
    disk.own().empty();
    start();
  }

  /// Its disk takes nothing more.
  public void failDisk() {
    disk.own().fail();
  }

  /// Its disk does what it should, and it is started there.
  public void repairDisk() {
    kill();
    disk.own().repair();
    start();
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
