package dev.troupe.apiserver.share;

import java.util.concurrent.Executor;

/// One request, or its answer, at a gate: it waits, is inside, or is over. To be used on one
/// thread.
public final class Visit {

  private final Gate gate;
  private final long weight;
  private final String who;
  private final Executor thread;
  private final Runnable work;
  private final Runnable entered = this::entered;
  private Runnable waited = () -> {};
  private boolean waits;
  private boolean inside;

  /// @param thread the one that uses it
  /// @param work what is done inside
  public Visit(Gate gate, long weight, String who, Executor thread, Runnable work) {
    this.gate = gate;
    this.weight = weight;
    this.who = who;
    this.thread = thread;
    this.work = work;
  }

  /// Does the work now or, if it is to wait, later.
  public Gate.Admittance take() {
    var entry = gate.enter(who, weight, entered);
    switch (entry) {
      case INSIDE -> {
        inside = true;
        work.run();
      }
      case WAITING -> waits = true;
      case REFUSED -> {}
    }
    return entry;
  }

  private void entered() {
    thread.execute(() -> {
      if (waits) {
        endWaiting();
        inside = true;
        work.run();
      } else {
        gate.leave(weight);
      }
    });
  }

  /// @param over runs when it does not wait any more
  public void whenWaited(Runnable over) {
    waited = over;
  }

  private void endWaiting() {
    waits = false;
    waited.run();
  }

  /// Gives the place back, or waits no longer.
  public void end() {
    if (waits) {
      endWaiting();
      // Otherwise it has entered already, and is about to learn that it need not.
      var _ = gate.giveUp(who, entered);
    } else if (inside) {
      inside = false;
      gate.leave(weight);
    }
  }
}
