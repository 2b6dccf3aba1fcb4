package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.injector.Injection;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.LeftOut;
import dev.troupe.testkit.experiment.schedule.ScheduledFault;
import dev.troupe.testkit.members.MemberServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does the faults of a schedule when their moments come, and undoes them when they are over. Time
/// is what it is told; it waits for nothing.
final class FaultDrive {

  /// One that has not been undone so long after its end never will be.
  static final Duration LATEST = Duration.ofMinutes(5);

  private static final long MICROS = 1_000;

  /// What becomes of faults.
  interface Told {
    /// @param victims whom it hits
    void began(ScheduledFault fault, List<MemberServer> victims);

    void ended(ScheduledFault fault);

    void leftOut(ScheduledFault fault, String why);
  }

  private final Queue<ScheduledFault> waiting;
  private final boolean overlaps;
  private final BooleanSupplier calm;
  private final Function<ScheduledFault, Optional<Injection>> injections;
  private final LongSupplier micros;
  private final Told told;
  private final List<Lasting> lasting = new ArrayList<>();
  private final List<FaultSpan> spans = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Blackout> blackouts = new ArrayList<>();
  private long lastEnd;

  /// A time in which nobody could write.
  record Blackout(long from, long to) {}

  /// One that has begun and is not undone yet.
  private static final class Lasting {
    private final ScheduledFault fault;
    private final Injection injection;
    private final long from;
    private long ending = -1;

    private Lasting(ScheduledFault fault, Injection injection, long from) {
      this.fault = fault;
      this.injection = injection;
      this.from = from;
    }
  }

  /// @param calm whether what faults have cost is there again, so that the next may begin; asked
  ///   where they do not overlap
  /// @param micros since the run began
  FaultDrive(
      List<ScheduledFault> faults,
      boolean overlaps,
      BooleanSupplier calm,
      Function<ScheduledFault, Optional<Injection>> injections,
      LongSupplier micros,
      Told told) {
    this.waiting = new ArrayDeque<>(faults);
    this.overlaps = overlaps;
    this.calm = calm;
    this.injections = injections;
    this.micros = micros;
    this.told = told;
  }

  /// Does what is due.
  void proceed() {
    for (var one : List.copyOf(lasting)) {
      proceed(one, micros.getAsLong());
    }
    while (isDue(waiting.peek())) {
      begin(waiting.remove());
    }
  }

  private boolean isDue(@Nullable ScheduledFault next) {
    return next != null
        && micros(next.at()) <= micros.getAsLong()
        && (overlaps || (lasting.isEmpty() && calm.getAsBoolean()));
  }

  private static long micros(Duration length) {
    return length.toNanos() / MICROS;
  }

  private void proceed(Lasting one, long now) {
    if (one.ending < 0 && (now >= one.from + micros(one.fault.lasts()) || one.injection.isDone())) {
      end(one, now);
    }
    one.injection.proceed();
    if (one.ending >= 0 && one.injection.isOver()) {
      over(one);
    } else if (one.ending >= 0 && now > one.ending + micros(LATEST)) {
      throw new IllegalStateException(
          "%s is not undone %d min after it was to be over"
              .formatted(one.fault.fault().kind().word(), LATEST.toMinutes()));
    }
  }

  private void begin(ScheduledFault fault) {
    try {
      var injection = injections.apply(fault);
      if (injection.isEmpty()) {
        leaveOut(fault, "nobody was there whom it could hit");
        return;
      }
      long from = micros.getAsLong();
      told.began(fault, injection.get().victims());
      injection.get().begin();
      lasting.add(new Lasting(fault, injection.get(), from));
    } catch (RuntimeException refused) {
      leaveOut(fault, refused.toString());
    }
  }

  private void leaveOut(ScheduledFault fault, String why) {
    leftOut.add(
        new LeftOut(
            "%s at %s s".formatted(fault.fault().kind().word(), fault.at().toSeconds()), why));
    told.leftOut(fault, why);
  }

  private static void end(Lasting one, long now) {
    one.ending = now;
    one.injection.end();
  }

  private void over(Lasting one) {
    lasting.remove(one);
    long to = micros.getAsLong();
    lastEnd = to;
    spans.add(
        new FaultSpan(
            one.fault.fault().kind().word(),
            names(one.injection.victims()),
            one.from,
            to,
            one.injection.detail()));
    if (one.fault.fault().stopsEverybody()) {
      blackouts.add(new Blackout(one.from, to));
    }
    told.ended(one.fault);
  }

  private static String names(List<MemberServer> victims) {
    return victims.stream().map(MemberServer::name).collect(Collectors.joining(", "));
  }

  /// Undoes what lasts, at once; begins nothing more.
  void heal() {
    waiting.clear();
    long now = micros.getAsLong();
    lasting.stream().filter(one -> one.ending < 0).toList().forEach(one -> end(one, now));
  }

  /// Whether all faults have come and are undone.
  boolean isOver() {
    return waiting.isEmpty() && lasting.isEmpty();
  }

  /// When the last one was undone; 0 if none was.
  long lastEnd() {
    return lastEnd;
  }

  List<FaultSpan> spans() {
    return List.copyOf(spans);
  }

  /// Those times of faults in which nobody can write.
  List<Blackout> blackouts() {
    return List.copyOf(blackouts);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }
}
