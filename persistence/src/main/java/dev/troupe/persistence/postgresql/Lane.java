package dev.troupe.persistence.postgresql;

import dev.troupe.persistence.postgresql.Waiting.Append;
import dev.troupe.persistence.postgresql.Waiting.Close;
import dev.troupe.persistence.postgresql.Waiting.Open;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One thread that changes some of the partitions, in the order of the calls: takes what waits,
/// stores it with one statement, answers.
final class Lane implements Runnable {

  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final AppendStatement appends;
  private final Epochs epochs;
  private final BatchRules rules;
  private final LaneQueue queue;

  Lane(Database database, AppendStatement appends, Epochs epochs) {
    this.database = database;
    this.appends = appends;
    this.epochs = epochs;
    var settings = database.settings();
    rules = new BatchRules(settings.batchGroups(), settings.batchBytes());
    queue = new LaneQueue(settings.maxWaiting());
  }

  void add(Waiting waiting) {
    queue.add(waiting);
  }

  /// Refuses everything from now on; what waits is still done.
  void end(StoreException reason) {
    queue.end(reason);
  }

  @Override
  public void run() {
    try {
      for (var taken = queue.take(); !taken.isEmpty(); taken = queue.take()) {
        work(taken);
      }
    } catch (InterruptedException interrupted) {
      queue.abandon(new StoreException("the event store is closed", interrupted));
    }
  }

  private void work(List<Waiting> taken) {
    var rest = taken;
    while (!rest.isEmpty()) {
      rest = rest.subList(step(rest), rest.size());
    }
  }

  /// @return how much of what waits has been answered
  private int step(List<Waiting> waiting) {
    return switch (waiting.getFirst()) {
      case Append _ -> append(rules.next(waiting));
      case Open open -> {
        answer(open, open.answer(), connection -> epochs.open(connection, open.partition()));
        yield 1;
      }
      case Close close -> {
        answer(
            close,
            close.answer(),
            connection -> {
              epochs.close(connection, close.partition(), close.epoch());
              return true;
            });
        yield 1;
      }
    };
  }

  private <T> void answer(
      Waiting waiting, CompletableFuture<T> answer, Database.Question<T> question) {
    try {
      answer.complete(database.ask(question));
    } catch (StoreException failure) {
      waiting.fail(failure);
    } catch (RuntimeException bug) {
      waiting.fail(new StoreException("the event store failed: " + bug, bug));
    }
  }

  private int append(List<Append> batch) {
    try (var connection = database.connection()) {
      append(connection, batch);
    } catch (SQLException failure) {
      fail(batch, database.failed(failure));
    } catch (RuntimeException bug) {
      fail(batch, new StoreException("the event store failed: " + bug, bug));
    }
    return batch.size();
  }

  /// Those that were answered before keep their answer.
  private static void fail(List<Append> batch, StoreException failure) {
    batch.forEach(append -> append.fail(failure));
  }

  private void append(Connection connection, List<Append> batch) throws SQLException {
    var ordered = new ArrayList<Append>(batch.size());
    var unordered = new ArrayList<Append>(0);
    for (var append : batch) {
      (BatchRules.isOrdered(append.group()) ? ordered : unordered).add(append);
    }
    if (!unordered.isEmpty()) {
      refuse(connection, unordered);
    }
    var outcomes = ordered.isEmpty() ? List.<Outcome>of() : tryAppend(connection, ordered);
    if (outcomes == null) {
      for (var append : ordered) {
        var alone = tryAppend(connection, List.of(append));
        append.answer().complete(alone == null ? Outcome.DUPLICATE : alone.getFirst());
      }
      return;
    }
    for (int i = 0; i < outcomes.size(); i++) {
      ordered.get(i).answer().complete(outcomes.get(i));
    }
  }

  /// Groups that can never be stored: duplicates, or fenced like any other.
  private void refuse(Connection connection, List<Append> batch) throws SQLException {
    var empty =
        batch.stream()
            .map(append -> append.group())
            .map(
                group -> new Group(group.partition(), group.epoch(), List.of(), java.util.Map.of()))
            .toList();
    var outcomes = appends.execute(connection, empty);
    for (int i = 0; i < batch.size(); i++) {
      var outcome = outcomes.get(i) == Outcome.STORED ? Outcome.DUPLICATE : outcomes.get(i);
      batch.get(i).answer().complete(outcome);
    }
  }

  /// @return null if a version is there already: then nothing of the batch is stored
  private @Nullable List<Outcome> tryAppend(Connection connection, List<Append> batch)
      throws SQLException {
    try {
      return appends.execute(connection, batch.stream().map(Append::group).toList());
    } catch (SQLException failure) {
      if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
        return null;
      }
      throw failure;
    }
  }
}
