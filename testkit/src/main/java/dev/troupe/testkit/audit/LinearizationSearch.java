package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.ObjectModel.State;
import dev.troupe.testkit.audit.Observation.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks for an order of operations on one object in which every answer is right: the algorithm of
/// Wing and Gong, which remembers where it has been, as Lowe proposed.
///
/// An operation without an answer may have taken effect at any time between its start and its end,
/// or never.
final class LinearizationSearch {

  private static final int MOST_STEPS = 2_000_000;

  /// What came of a search.
  sealed interface Result {}

  record Found() implements Result {}

  /// @param stuck the answers that fit nowhere
  /// @param states what the object could be when the first of them had to have taken effect
  record Impossible(Operation stuck, Set<String> states) implements Result {}

  record Undecided(int steps) implements Result {}

  private record Place(BitSet done, State state) {}

  private record Choice(int operation, State before) {}

  private final List<Operation> operations;
  private final ObjectModel model;
  private final BitSet done = new BitSet();
  private final Set<Place> visited = new HashSet<>();
  private final Deque<Choice> choices = new ArrayDeque<>();
  private State state = State.ABSENT;
  private int answered;
  private int open;

  /// The furthest that was reached, to tell what is wrong.
  private int furthest = -1;

  private @Nullable Operation stuck;
  private final Set<String> statesThere = new TreeSet<>();

  private LinearizationSearch(List<Operation> operations, ObjectModel model) {
    this.operations = operations;
    this.model = model;
    open = (int) operations.stream().filter(LinearizationSearch::isAnswered).count();
  }

  /// @param operations on one object, which was absent before the first
  static Result of(List<Operation> operations, ObjectModel model) {
    var sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Operation::start));
    return new LinearizationSearch(sorted, model).run();
  }

  private static boolean isAnswered(Operation operation) {
    return operation.outcome() != Observation.Outcome.UNKNOWN;
  }

  private Result run() {
    int from = 0;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (answered == open) {
        return new Found();
      }
      int next = next(from);
      if (next >= 0) {
        take(next);
        from = 0;
      } else if (choices.isEmpty()) {
        return new Impossible(stuck(), statesThere);
      } else {
        from = giveBack();
      }
    }
    return new Undecided(MOST_STEPS);
  }

  private Operation stuck() {
    if (stuck == null) {
      throw new IllegalStateException("nothing is stuck");
    }
    return stuck;
  }

  /// The next operation at or behind `from` that can take effect now: it has begun before every
  /// answer that is still to be explained.
  private int next(int from) {
    var first = firstToEnd();
    note(first);
    for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
      var operation = operations.get(i);
      if (operation.start() > first.end()) {
        break;
      }
      if (i >= from && leadsOn(i, operation)) {
        return i;
      }
    }
    return -1;
  }

  private boolean leadsOn(int number, Operation operation) {
    var after = model.after(state, operation);
    if (after == null
        || (!isAnswered(operation) && (after.equals(state) || isTooLate(operation)))) {
      return false;
    }
    var place = (BitSet) done.clone();
    place.set(number);
    return visited.add(new Place(place, after));
  }

  /// Whether something has taken effect already that began when the operation was over. Of answered
  /// ones [#next] sees to that.
  private boolean isTooLate(Operation operation) {
    return !done.isEmpty() && operations.get(done.length() - 1).start() > operation.end();
  }

  private Operation firstToEnd() {
    Operation first = null;
    for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
      var operation = operations.get(i);
      if (first != null && operation.start() > first.end()) {
        break;
      }
      if (isAnswered(operation) && (first == null || operation.end() < first.end())) {
        first = operation;
      }
    }
    if (first == null) {
      throw new IllegalStateException("all answers are explained");
    }
    return first;
  }

  private void note(Operation first) {
    if (answered > furthest) {
      furthest = answered;
      stuck = first;
      statesThere.clear();
    }
    if (answered == furthest) {
      statesThere.add(state.toString());
    }
  }

  private void take(int number) {
    var operation = operations.get(number);
    choices.push(new Choice(number, state));
    var after = model.after(state, operation);
    if (after == null) {
      throw new IllegalStateException("cannot take effect: " + operation);
    }
    state = after;
    done.set(number);
    if (isAnswered(operation)) {
      answered++;
    }
  }

  private int giveBack() {
    var last = choices.pop();
    done.clear(last.operation());
    state = last.before();
    if (isAnswered(operations.get(last.operation()))) {
      answered--;
    }
    return last.operation() + 1;
  }
}
