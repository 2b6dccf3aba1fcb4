package dev.troupe.apiserver.share;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Lets so much in at a time: requests by number, bodies and answers by their bytes. Some more may
/// wait: callers take turns, so that one who sends many holds up nobody but itself, and what is too
/// large to enter yet holds up nobody either. What is larger than all of it enters when nothing
/// else is in.
public final class Gate {

  /// So many times those that are let in may wait, and half of them of one caller.
  private static final int WAITING = 10;

  /// What comes of wanting in.
  public enum Admittance {
    INSIDE,
    WAITING,
    REFUSED
  }

  private record Waiting(long weight, Runnable entered) {}

  private final long limit;
  private final int mostWaiting;
  private final Map<String, Queue<Waiting>> waiting = new LinkedHashMap<>();
  private long inside;
  private int waitingInAll;

  /// For requests, each of which weighs 1.
  public Gate(int limit) {
    this(limit, limit * WAITING);
  }

  /// @param limit how much may be in
  /// @param mostWaiting how many may wait, whatever they weigh
  public Gate(long limit, int mostWaiting) {
    this.limit = limit;
    this.mostWaiting = mostWaiting;
  }

  /// Enters with a weight of 1, if that is possible at once.
  public boolean enter() {
    return enter(1);
  }

  /// Enters, if that is possible at once.
  public synchronized boolean enter(long weight) {
    if (!fits(weight)) {
      return false;
    }
    inside += weight;
    return true;
  }

  private boolean fits(long weight) {
    return inside == 0 ? limit > 0 : weight <= limit - inside;
  }

  /// Enters, or waits if there is room for that.
  ///
  /// @param who takes turns with others
  /// @param entered runs once if it has waited and is inside then, on the thread of whoever leaves
  public synchronized Admittance enter(String who, long weight, Runnable entered) {
    if (enter(weight)) {
      return Admittance.INSIDE;
    }
    int own = waiting.containsKey(who) ? waiting.get(who).size() : 0;
    if (waitingInAll >= mostWaiting || own >= mostWaiting / 2) {
      return Admittance.REFUSED;
    }
    waiting.computeIfAbsent(who, _ -> new ArrayDeque<>()).add(new Waiting(weight, entered));
    waitingInAll++;
    return Admittance.WAITING;
  }

  /// Waits no longer.
  ///
  /// @return false if it does not wait: it is inside, and has to leave
  public synchronized boolean giveUp(String who, Runnable entered) {
    var own = waiting.get(who);
    if (own == null || !own.removeIf(each -> each.entered.equals(entered))) {
      return false;
    }
    waitingInAll--;
    if (own.isEmpty()) {
      waiting.remove(who);
    }
    return true;
  }

  public void leave() {
    leave(1);
  }

  /// Called once by each that has entered, with its weight. Of each caller in turn, whoever waits
  /// longest enters instead, as long as there is room.
  public void leave(long weight) {
    next(weight).forEach(Runnable::run);
  }

  private synchronized List<Runnable> next(long left) {
    inside -= left;
    if (waitingInAll == 0) {
      return List.of();
    }
    List<Runnable> entering = new ArrayList<>();
    for (var next = takeNext(); next != null; next = takeNext()) {
      inside += next.weight;
      entering.add(next.entered);
    }
    return entering;
  }

  private @Nullable Waiting takeNext() {
    if (inside >= limit) {
      return null;
    }
    for (var turn : waiting.entrySet()) {
      if (fits(turn.getValue().element().weight)) {
        return take(turn.getKey(), turn.getValue());
      }
    }
    return null;
  }

  private Waiting take(String who, Queue<Waiting> own) {
    waiting.remove(who);
    waitingInAll--;
    var next = own.remove();
    if (!own.isEmpty()) {
      waiting.put(who, own);
    }
    return next;
  }

  public synchronized long inside() {
    return inside;
  }
}
