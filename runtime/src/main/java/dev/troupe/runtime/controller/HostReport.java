package dev.troupe.runtime.controller;

import dev.troupe.runtime.controller.logic.host.HostMachine;
import dev.troupe.runtime.measure.Trail;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// How a controller is doing.
///
/// @param owner the address of the member that runs it; null if it did not answer
/// @param running whether it has seen its collections and reconciles
/// @param epoch 0 if it is not open
/// @param awake how many objects have an actor now
/// @param waiting how many objects have something to do, and wait for room
/// @param quarantined how many objects have failed so often that they are tried at a slow pace
/// @param circling with how many objects it goes in circles
/// @param behind how many changes are at its member that it has not looked at, as far as they are
///   remembered
/// @param oldest how long the first of them has been there
/// @param trouble why it does not run, in words; empty if it does, or if nothing is known of it
public record HostReport(
    String controller,
    @Nullable String owner,
    boolean running,
    long epoch,
    int awake,
    int waiting,
    int quarantined,
    int circling,
    int behind,
    Duration oldest,
    String trouble) {

  /// It did not answer.
  static HostReport unknown(String controller) {
    return new HostReport(controller, null, false, 0, 0, 0, 0, 0, 0, Duration.ZERO, "");
  }

  /// It is there, and does not run or says nothing.
  static HostReport notOpen(String controller, String owner) {
    return new HostReport(controller, owner, false, 0, 0, 0, 0, 0, 0, Duration.ZERO, "");
  }

  /// It runs.
  static HostReport of(
      String controller, String owner, HostMachine machine, Epoch epoch, long now) {
    return new HostReport(
        controller,
        owner,
        machine.running(),
        epoch.number(),
        machine.awake(),
        machine.waiting(),
        epoch.quarantined(),
        epoch.circling().count(now),
        0,
        Duration.ZERO,
        "");
  }

  HostReport because(String why) {
    return new HostReport(
        controller,
        owner,
        running,
        epoch,
        awake,
        waiting,
        quarantined,
        circling,
        behind,
        oldest,
        why);
  }

  HostReport with(Trail.Behind changes, long now) {
    return new HostReport(
        controller,
        owner,
        running,
        epoch,
        awake,
        waiting,
        quarantined,
        circling,
        changes.changes(),
        Duration.ofMillis(changes.millis(now)),
        trouble);
  }

  /// The address of this member.
  static String address(ActorSystem<?> system) {
    var address = system.address();
    return address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
  }
}
