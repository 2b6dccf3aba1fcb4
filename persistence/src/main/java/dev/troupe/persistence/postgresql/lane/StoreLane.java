package dev.troupe.persistence.postgresql.lane;

import dev.troupe.persistence.postgresql.epoch.Epochs;
import dev.troupe.persistence.postgresql.lane.LaneTask.Append;
import dev.troupe.persistence.postgresql.lane.LaneTask.Close;
import dev.troupe.persistence.postgresql.lane.LaneTask.Open;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One thread that changes some of the partitions, in the order of the calls: takes what waits,
/// stores it with one statement, answers.
public final class StoreLane implements Runnable {

  private final Database database;
  private final BatchAppend appends;
  private final Epochs epochs;
  private final BatchRules rules;
  private final LaneQueue queue;

  StoreLane(Database database, BatchAppend appends, Epochs epochs) {
    this.database = database;
    this.appends = appends;
    this.epochs = epochs;
    var settings = database.settings();
    rules = new BatchRules(settings.batchGroups(), settings.batchBytes());
    queue = new LaneQueue(settings.maxWaiting());
  }

  void add(LaneTask waiting) {
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

  private void work(List<LaneTask> taken) {
    var rest = taken;
    try {
      while (!rest.isEmpty()) {
        rest = rest.subList(step(rest), rest.size());
      }
    } catch (Error failure) {
      // Nobody would ever answer what waits.
      var reason = new StoreException("the event store has ended: " + failure, failure);
      rest.forEach(waiting -> waiting.fail(reason));
      queue.abandon(reason);
      throw failure;
    }
  }

  /// @return how much of what waits has been answered
  private int step(List<LaneTask> waiting) {
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
              epochs.close(connection, close.partition(), close.epoch(), close.served());
              return true;
            });
        yield 1;
      }
    };
  }

  private <T> void answer(
      LaneTask waiting, CompletableFuture<T> answer, Database.Question<T> question) {
    try {
      answer.complete(database.askWriter(question));
    } catch (StoreException failure) {
      waiting.fail(failure);
    } catch (RuntimeException bug) {
      waiting.fail(new StoreException("the event store failed: " + bug, bug));
    }
  }

  private int append(List<Append> batch) {
    try (var connection = database.writer()) {
      appends.store(connection, batch);
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
}
