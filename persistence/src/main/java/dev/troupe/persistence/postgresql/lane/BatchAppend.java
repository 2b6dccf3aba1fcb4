package dev.troupe.persistence.postgresql.lane;

import dev.troupe.persistence.postgresql.append.AppendStatements;
import dev.troupe.persistence.postgresql.append.EncodedGroup;
import dev.troupe.persistence.postgresql.append.Fence;
import dev.troupe.persistence.postgresql.lane.LaneTask.Append;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stores groups together, or apart if the database refuses one of them. Belongs to one lane.
public final class BatchAppend {

  private static final String UNIQUE_VIOLATION = "23505";

  /// The classes of errors after which nothing of a statement is stored, and that are the fault of
  /// some of its groups: data, constraints, deadlocks, limits.
  private static final Set<String> REFUSALS = Set.of("22", "23", "40", "54");

  private static final String DISK_FULL = "53100";

  private final Database database;
  private final AppendStatements statements;
  private final HeldRows held;

  BatchAppend(Database database, AppendStatements statements, HeldRows held) {
    this.database = database;
    this.statements = statements;
    this.held = held;
  }

  /// Answers each, but for those of which nobody knows.
  ///
  /// @throws SQLException if nobody knows what became of those that are not answered
  void store(Connection connection, List<Append> batch) throws SQLException {
    var ordered = new ArrayList<Append>(batch.size());
    var unordered = new ArrayList<Append>(0);
    for (var append : batch) {
      (BatchRules.isOrdered(append.group()) ? ordered : unordered).add(append);
    }
    if (!unordered.isEmpty()) {
      refuse(connection, unordered);
    }
    if (!ordered.isEmpty()) {
      appendTogether(connection, ordered);
    }
  }

  /// If the database refuses, nothing of the statement is stored; then without the partitions that
  /// wait for somebody, or one after the other.
  private void appendTogether(Connection connection, List<Append> batch) throws SQLException {
    try {
      var outcomes = statements.execute(connection, groups(batch));
      for (int i = 0; i < outcomes.size(); i++) {
        batch.get(i).answer().complete(outcomes.get(i));
      }
    } catch (SQLException refused) {
      if (DISK_FULL.equals(refused.getSQLState())) {
        batch.forEach(append -> append.answer().complete(Outcome.NO_ROOM));
        return;
      }
      if (Fence.LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
        appendBesideHeld(connection, batch, refused);
        return;
      }
      if (!isRefusal(refused)) {
        throw refused;
      }
      for (var append : batch) {
        appendAlone(connection, append);
      }
    }
  }

  /// Somebody has held the row of a partition for so long that its groups fail, and those of the
  /// others are stored. It may have been something else that is held; then all fail, as nothing
  /// says that waiting again would help.
  private void appendBesideHeld(Connection connection, List<Append> batch, SQLException refused)
      throws SQLException {
    var partitions = held.of(connection, batch);
    if (partitions.isEmpty()) {
      throw refused;
    }
    var others = new ArrayList<Append>(batch.size());
    for (var append : batch) {
      if (partitions.contains(append.group().partition())) {
        append.fail(database.failed(refused));
      } else {
        others.add(append);
      }
    }
    if (!others.isEmpty()) {
      appendTogether(connection, others);
    }
  }

  private void appendAlone(Connection connection, Append append) throws SQLException {
    try {
      append.answer().complete(statements.execute(connection, groups(List.of(append))).getFirst());
    } catch (SQLException refused) {
      if (UNIQUE_VIOLATION.equals(refused.getSQLState())) {
        append.answer().complete(Outcome.DUPLICATE);
      } else if (isRefusal(refused)) {
        append.fail(database.failed(refused));
      } else {
        throw refused;
      }
    }
  }

  private static boolean isRefusal(SQLException failure) {
    var state = failure.getSQLState();
    return state != null
        && state.length() == 5
        && REFUSALS.contains(state.substring(0, 2))
        && !Fence.COMPLETION_UNKNOWN.equals(state);
  }

  private static List<EncodedGroup> groups(List<Append> batch) {
    return batch.stream().map(Append::encoded).toList();
  }

  /// Groups that can never be stored: duplicates, or fenced like any other.
  private void refuse(Connection connection, List<Append> batch) throws SQLException {
    var empty =
        batch.stream()
            .map(Append::group)
            .map(group -> new Group(group.partition(), group.epoch(), List.of(), Map.of()))
            .map(EncodedGroup::of)
            .toList();
    var outcomes = statements.execute(connection, empty);
    for (int i = 0; i < batch.size(); i++) {
      var outcome = outcomes.get(i) == Outcome.STORED ? Outcome.DUPLICATE : outcomes.get(i);
      batch.get(i).answer().complete(outcome);
    }
  }
}
