package dev.troupe.apiserver.share;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Lets so many in at a time. Some more may wait: callers take turns, so that one who sends many
/// holds up nobody but itself.
public final class Gate {

  /// So many times those that are let in may wait, and half of them of one caller.
  private static final int WAITING = 10;

  /// What comes of wanting in.
  public enum Admittance {
    INSIDE,
    WAITING,
    REFUSED
  }

  private final int limit;
  private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
  private int inside;
  private int waitingInAll;

  public Gate(int limit) {
    this.limit = limit;
  }

  /// Enters, if that is possible at once.
  public synchronized boolean enter() {
    if (inside >= limit) {
      return false;
    }
    inside++;
    return true;
  }

  /// Enters, or waits if there is room for that.
  ///
  /// @param who takes turns with others
  /// @param entered runs once if it has waited and is inside then, on the thread of whoever leaves
  public synchronized Admittance enter(String who, Runnable entered) {
    if (enter()) {
      return Admittance.INSIDE;
    }
    int own = waiting.containsKey(who) ? waiting.get(who).size() : 0;
    if (waitingInAll >= limit * WAITING || own >= limit * WAITING / 2) {
      return Admittance.REFUSED;
    }
    waiting.computeIfAbsent(who, _ -> new ArrayDeque<>()).add(entered);
    waitingInAll++;
    return Admittance.WAITING;
  }

  /// Waits no longer.
  ///
  /// @return false if it does not wait: it is inside, and has to leave
  public synchronized boolean giveUp(String who, Runnable entered) {
    var own = waiting.get(who);
    if (own == null || !own.remove(entered)) {
      return false;
    }
    waitingInAll--;
    if (own.isEmpty()) {
      waiting.remove(who);
    }
    return true;
  }

  /// Called once by each that has entered. Whoever waits longest of the caller whose turn it is
  /// enters instead.
  public void leave() {
    var next = next();
    if (next != null) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    var turn = waiting.entrySet().iterator();
    if (!turn.hasNext()) {
      inside--;
      return null;
    }
    var caller = turn.next();
    turn.remove();
    var next = caller.getValue().remove();
    waitingInAll--;
    if (!caller.getValue().isEmpty()) {
      waiting.put(caller.getKey(), caller.getValue());
    }
    return next;
  }

  public synchronized int inside() {
    return inside;
  }
}
