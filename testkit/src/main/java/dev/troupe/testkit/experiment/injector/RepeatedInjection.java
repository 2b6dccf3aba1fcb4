package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Something that is done over and over: one step after the other, each of which lasts a while.
final class RepeatedInjection implements Injection {

  /// @param lasts until the next one is done
  record Step(Runnable work, Duration lasts) {}

  private final List<MemberServer> victims;
  private final List<Step> steps;
  private final Runnable undo;
  private final LongSupplier nanos;
  private int at;
  private long next;
  private boolean ended;

  /// @param undo done at the end
  /// @param nanos a clock that only rises
  RepeatedInjection(
      List<MemberServer> victims, List<Step> steps, Runnable undo, LongSupplier nanos) {
    this.victims = List.copyOf(victims);
    this.steps = List.copyOf(steps);
    this.undo = undo;
    this.nanos = nanos;
  }

  @Override
  public List<MemberServer> victims() {
    return victims;
  }

  @Override
  public void begin() {
    next = nanos.getAsLong();
    proceed();
  }

  @Override
  public void proceed() {
    if (!ended && nanos.getAsLong() - next >= 0) {
      var step = steps.get(at);
      at = (at + 1) % steps.size();
      next += step.lasts().toNanos();
      step.work().run();
    }
  }

  @Override
  public void end() {
    ended = true;
    undo.run();
  }
}
