package dev.troupe.testkit.world;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// Ways on which something takes its time. What goes the same way arrives in the order in which it
/// left.
public final class Transit {

  /// One way.
  public final class Way {

    private final Schedule.Mailbox end = schedule.mailbox();
    private long last;

    /// Arrives after a while between nothing and the longest delay.
    public void send(Runnable what) {
      send(longest.get(), what);
    }

    /// Arrives after a while between nothing and `most`.
    public void send(Duration most, Runnable what) {
      long now = schedule.millis();
      long wanted = most.isZero() ? now : now + schedule.random().nextLong(most.toMillis() + 1);
      long at = Math.max(last, wanted);
      last = at;
      if (at == now) {
        end.put(what);
      } else {
        after(Duration.ofMillis(at - now), () -> end.put(what));
      }
    }
  }

  private final Schedule schedule;
  private final Supplier<Duration> longest;
  private final PriorityQueue<Long> arrivals = new PriorityQueue<>();

  /// @param longest the longest delay at any moment
  public Transit(Schedule schedule, Supplier<Duration> longest) {
    this.schedule = schedule;
    this.longest = longest;
  }

  public Way way() {
    return new Way();
  }

  /// Takes exactly so long.
  public void after(Duration delay, Runnable what) {
    long at = schedule.millis() + delay.toMillis();
    arrivals.add(at);
    schedule.after(
        delay,
        () -> {
          arrivals.remove(at);
          what.run();
        });
  }

  /// When the next arrives; [Long#MAX_VALUE] if nothing is on its way.
  public long nextArrival() {
    var next = arrivals.peek();
    return next == null ? Long.MAX_VALUE : next;
  }
}
