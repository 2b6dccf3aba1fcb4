package dev.troupe.clusterconfig.proxy;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/// A member behind the door: what is known of its life, and who speaks to it. Used by one thread.
final class Backend {

  private final InetSocketAddress address;
  private final Set<Passage> passages = new HashSet<>();

  private Pulse pulse = Pulse.ALIVE;
  private boolean asked;
  private boolean wanted = true;
  private long askedAt;
  private long lastLife;
  private long silentSince;
  private long chosen;

  Backend(InetSocketAddress address, long now) {
    this.address = address;
    this.askedAt = now;
    this.lastLife = now;
  }

  InetSocketAddress address() {
    return address;
  }

  Pulse pulse() {
    return pulse;
  }

  Set<Passage> passages() {
    return passages;
  }

  /// Whether new connections may go to it.
  boolean isWanted() {
    return wanted;
  }

  void want(boolean whether) {
    wanted = whether;
  }

  /// The first of these is the best: one that serves, has few connections and was not taken lately.
  static final Comparator<Backend> BEST_FIRST =
      Comparator.comparing(Backend::pulse)
          .thenComparingInt(backend -> backend.passages.size())
          .thenComparingLong(backend -> backend.chosen);

  /// @param turn rises
  void choose(long turn) {
    chosen = turn;
  }

  /// Whether it is time to ask; then it counts as asked.
  boolean isDue(long now, long pauseNanos) {
    if (asked || now - askedAt < pauseNanos) {
      return false;
    }
    asked = true;
    askedAt = now;
    return true;
  }

  /// One that takes too long to answer is silent before its answer comes, should it ever.
  void overdue(long now, long answerNanos) {
    if (asked && now - askedAt > answerNanos) {
      become(Pulse.SILENT, now);
    }
  }

  void answered(Pulse answer, long now) {
    asked = false;
    become(answer, now);
  }

  private void become(Pulse next, long now) {
    if (next == Pulse.SILENT && pulse != Pulse.SILENT) {
      silentSince = now;
    }
    if (next == Pulse.READY || next == Pulse.ALIVE) {
      lastLife = now;
    }
    pulse = next;
  }

  /// Whether it has shown no sign of life for so long, counted from a moment at the earliest.
  boolean isQuietFor(long nanos, long since, long now) {
    return now - since > nanos && now - lastLife > nanos;
  }

  boolean isSilentFor(long nanos, long now) {
    return pulse == Pulse.SILENT && now - silentSince >= nanos;
  }
}
