package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The causes that have come up since the last reconcile.
///
/// What happened once (a timer, a result) is delivered one at a time and never lost among changes;
/// all else is coalesced into one reconcile and kept for explanation.
public final class PendingCauses {

  private static final int EXPLAINED = 8;

  private final Set<Cause> pending = new LinkedHashSet<>();
  private int unexplained;
  private boolean called;

  /// Something new calls for a reconcile.
  public void call(List<Cause> causes) {
    causes.forEach(this::add);
    called = true;
  }

  /// Whether something new has called for a reconcile since the last failure.
  public boolean called() {
    return called;
  }

  /// An attempt has failed.
  public void failed() {
    called = false;
  }

  /// Adds what has become due: timers, the retry.
  public void addDue(ObjectState state, long now) {
    for (var timer : state.timers().entrySet()) {
      if (timer.getValue() <= now) {
        add(new Cause.TimerFired(timer.getKey()));
      }
    }
    var retry = state.retry();
    if (retry != null && retry.dueMillis() <= now) {
      add(new Cause.Failed(retry.attempt(), retry.failure()));
    }
  }

  public void add(Cause cause) {
    if (cause instanceof Cause.RelatedChanged
        && pending.size() >= EXPLAINED
        && !pending.contains(cause)) {
      unexplained++;
    } else {
      pending.add(cause);
    }
  }

  public boolean isEmpty() {
    return pending.isEmpty();
  }

  /// Whether one of them brings the result of an activity, which is told only once.
  public boolean tellsResult() {
    return pending.stream().anyMatch(Cause.Completed.class::isInstance);
  }

  public void clear() {
    pending.clear();
    unexplained = 0;
  }

  /// Takes the causes of the next reconcile. What happened once goes alone where the object is
  /// being deleted: all else calls for a reconcile that is told so.
  public Taken take(boolean deleting) {
    var once = pending.stream().filter(PendingCauses::isOnce).findFirst();
    var all = new ArrayList<Cause>();
    Cause chosen = null;
    for (var cause : pending) {
      boolean another = !cause.equals(once.orElse(null));
      if (another && (isOnce(cause) || (deleting && once.isPresent()))) {
        continue;
      }
      all.add(cause);
      if (chosen == null || rank(cause) < rank(chosen)) {
        chosen = cause;
      }
    }
    if (chosen == null) {
      throw new IllegalStateException("nothing is pending");
    }
    pending.removeAll(all);
    var words = new ArrayList<String>();
    all.forEach(cause -> words.add(words(cause)));
    if (unexplained > 0) {
      words.add(unexplained + " more changes");
    }
    unexplained = 0;
    return new Taken(
        deleting && !isOnce(chosen) ? new Cause.Deleting() : chosen, List.copyOf(all), words);
  }

  /// Puts back what must not be lost when the reconcile that took it came to nothing. Timers are
  /// not: they are still due.
  public void restore(Taken taken) {
    for (var cause : taken.all()) {
      if (!(cause instanceof Cause.TimerFired || cause instanceof Cause.Failed)) {
        add(cause);
      }
    }
  }

  public record Taken(Cause chosen, List<Cause> all, List<String> words) {

    /// Whether nothing has happened but that time has passed, or that the controller has started.
    boolean areTimers() {
      return all.stream()
          .allMatch(cause -> cause instanceof Cause.TimerFired || cause instanceof Cause.Started);
    }
  }

  private static boolean isOnce(Cause cause) {
    return cause instanceof Cause.TimerFired || cause instanceof Cause.Completed;
  }

  private static int rank(Cause cause) {
    return switch (cause) {
      case Cause.TimerFired _, Cause.Completed _ -> 0;
      case Cause.Deleting _ -> 1;
      case Cause.Created _ -> 2;
      case Cause.Started _ -> 3;
      case Cause.Failed _ -> 4;
      case Cause.Changed _ -> 5;
      case Cause.RelatedChanged _ -> 6;
      case Cause.Resynced _ -> 7;
    };
  }

  public static String words(Cause cause) {
    return switch (cause) {
      case Cause.Created _ -> "created";
      case Cause.Changed _ -> "changed";
      case Cause.RelatedChanged(var related) -> related + " changed";
      case Cause.Deleting _ -> "deleting";
      case Cause.TimerFired(var timer) -> "timer " + timer + " fired";
      case Cause.Completed(var activity, _) -> StateFormat.name(activity) + " completed";
      case Cause.Failed(int attempt, Failure.ActivityFailed(var activity, _, _)) ->
          StateFormat.name(activity) + " failed, attempt " + attempt;
      case Cause.Failed(int attempt, _) -> "attempt " + attempt + " failed";
      case Cause.Resynced _ -> "looked at again";
      case Cause.Started _ -> "controller started";
    };
  }
}
