package dev.troupe.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// What happens next, by a seed: everything that can happen now is in a mailbox, and one mailbox is
/// drawn at a time. Time passes only when nothing is left to do.
///
/// One mailbox keeps its order, as one actor does; nothing is said about the order of two.
public final class Schedule implements InstantSource {

  /// The messages to one actor.
  public final class Mailbox {

    private final ArrayDeque<Runnable> messages = new ArrayDeque<>();
    private boolean stopped;

    /// Delivers a message behind those that are there.
    public void put(Runnable message) {
      if (stopped) {
        return;
      }
      if (messages.isEmpty()) {
        busy.add(this);
      }
      messages.addLast(message);
    }

    /// Forgets what is there, and takes nothing more.
    public void stop() {
      stopped = true;
      messages.clear();
      busy.remove(this);
    }

    public boolean isEmpty() {
      return messages.isEmpty();
    }

    private void next() {
      var message = messages.removeFirst();
      if (messages.isEmpty()) {
        busy.remove(this);
      }
      message.run();
    }
  }

  private record Timer(long atMillis, long number, Runnable what) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final Random random;
  private final List<Mailbox> busy = new ArrayList<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long timerNumber;
  private long nowMillis;

  public Schedule(long seed, Instant start) {
    this.random = new Random(seed);
    this.nowMillis = start.toEpochMilli();
  }

  public Mailbox mailbox() {
    return new Mailbox();
  }

  public Random random() {
    return random;
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  @Override
  public long millis() {
    return nowMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }

  public void after(Duration delay, Runnable what) {
    timers.add(new Timer(nowMillis + delay.toMillis(), timerNumber++, what));
  }

  /// After a while between nothing and `longest`, and in no order with anything else.
  public void sometime(Duration longest, Runnable what) {
    after(Duration.ofMillis(random.nextLong(longest.toMillis() + 1)), what);
  }

  /// Does one thing.
  public void step() {
    if (!busy.isEmpty() && (timers.isEmpty() || chance(0.9) || !isDue())) {
      busy.get(random.nextInt(busy.size())).next();
    } else if (!timers.isEmpty()) {
      var timer = timers.remove();
      nowMillis = Math.max(nowMillis, timer.atMillis());
      timer.what().run();
    }
  }

  private boolean isDue() {
    return timers.element().atMillis() <= nowMillis;
  }

  /// Does one thing, if there is one that can happen up to a moment.
  public boolean stepUntil(long endMillis) {
    if (busy.isEmpty() && (timers.isEmpty() || timers.element().atMillis() > endMillis)) {
      return false;
    }
    step();
    return true;
  }

  /// Lets time pass.
  public void advance(Duration time) {
    long end = nowMillis + time.toMillis();
    while (stepUntil(end)) {
      // Goes on.
    }
    nowMillis = Math.max(nowMillis, end);
  }
}
