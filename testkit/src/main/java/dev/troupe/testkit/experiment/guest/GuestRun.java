package dev.troupe.testkit.experiment.guest;

import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The work of a guest from the beginning of a run to its end.
public final class GuestRun {

  /// What the verdict on it is called.
  public static final String WORD = "own-controllers";

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(500);

  /// More than a client waits for an answer.
  private static final Duration END = Duration.ofSeconds(40);

  private final GuestWork work;
  private final Supplier<List<Path>> kubeconfigs;
  private final LongSupplier nanos;
  private final Thread changes;
  private volatile boolean running = true;

  private GuestRun(GuestWork work, Supplier<List<Path>> kubeconfigs, LongSupplier nanos) {
    this.work = work;
    this.kubeconfigs = kubeconfigs;
    this.nanos = nanos;
    this.changes = Thread.ofVirtual().unstarted(this::change);
  }

  /// Lets the work begin, and changes it from then on.
  ///
  /// @param kubeconfigs one for each member, as there are any
  /// @param nanos the time, as it passes
  public static GuestRun begin(
      GuestWork work, Supplier<List<Path>> kubeconfigs, LongSupplier nanos) {
    work.begin(kubeconfigs.get());
    var run = new GuestRun(work, kubeconfigs, nanos);
    if (!(work instanceof NoWork)) {
      run.changes.start();
    }
    return run;
  }

  private void change() {
    while (running) {
      try {
        work.change(kubeconfigs.get());
      } catch (RuntimeException unserved) {
        // Again in a moment.
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  /// Changes nothing any more.
  public void end() {
    running = false;
    if (!changes.isAlive()) {
      return;
    }
    LockSupport.unpark(changes);
    try {
      changes.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the work, and asks until nothing is amiss or time is up.
  ///
  /// @param isOver whether nobody waits for it any more
  /// @return empty if there was no work
  public Optional<InvariantVerdict> verdict(Duration patience, BooleanSupplier isOver) {
    end();
    if (work instanceof NoWork) {
      return Optional.empty();
    }
    long latest = nanos.getAsLong() + patience.toNanos();
    long looks = 1;
    var amiss = amiss();
    while (!amiss.isEmpty() && !isOver.getAsBoolean() && nanos.getAsLong() < latest) {
      LockSupport.parkNanos(LOOK.toNanos());
      amiss = amiss();
      looks++;
    }
    if (amiss.isEmpty()) {
      return Optional.of(InvariantVerdict.held(WORD, work.promise(), looks));
    }
    return Optional.of(
        isOver.getAsBoolean()
            ? InvariantVerdict.open(WORD, work.promise(), "the run did not come to its end")
            : InvariantVerdict.broken(
                WORD,
                work.promise(),
                looks,
                amiss.stream().map(what -> new Offence(what, List.of())).toList()));
  }

  private List<String> amiss() {
    try {
      return work.amiss(kubeconfigs.get());
    } catch (RuntimeException failure) {
      return List.of("nobody can say: " + failure);
    }
  }
}
