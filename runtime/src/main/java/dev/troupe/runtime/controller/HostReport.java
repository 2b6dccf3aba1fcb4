package dev.troupe.runtime.controller;

import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// How a controller is doing.
///
/// @param owner the address of the member that runs it; null if it did not answer
/// @param running whether it has seen its collections and reconciles
/// @param epoch 0 if it is not open
/// @param awake how many objects have an actor now
/// @param quarantined how many objects have failed so often that they are tried at a slow pace
/// @param circling with how many objects it goes in circles
public record HostReport(
    String controller,
    @Nullable String owner,
    boolean running,
    long epoch,
    int awake,
    int quarantined,
    int circling) {

  /// It did not answer.
  static HostReport unknown(String controller) {
    return new HostReport(controller, null, false, 0, 0, 0, 0);
  }

  static HostReport notOpen(String controller, String owner) {
    return new HostReport(controller, owner, false, 0, 0, 0, 0);
  }

  /// The address of this member.
  static String address(ActorSystem<?> system) {
    var address = system.address();
    return address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
  }
}
