package dev.troupe.testkit.world.cluster;

import dev.troupe.testkit.world.Schedule;
import java.util.ArrayList;
import java.util.List;

/// The process of a member: one thing after the other, nothing while it is frozen, and then what
/// has come meanwhile.
final class SimulatedProcess {

  private final Schedule.Mailbox mailbox;
  private final List<Runnable> backlog = new ArrayList<>();

  private boolean alive = true;
  private boolean asleep;

  SimulatedProcess(Schedule.Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  boolean isAlive() {
    return alive;
  }

  void live(Runnable what) {
    mailbox.put(() -> {
      if (asleep) {
        backlog.add(what);
      } else {
        what.run();
      }
    });
  }

  void freeze() {
    asleep = true;
  }

  void wake() {
    if (asleep) {
      asleep = false;
      backlog.forEach(this::live);
      backlog.clear();
    }
  }

  void kill() {
    alive = false;
    mailbox.stop();
    backlog.clear();
  }
}
