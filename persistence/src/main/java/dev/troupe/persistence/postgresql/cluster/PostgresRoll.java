package dev.troupe.persistence.postgresql.cluster;

import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The roll of the members that share a database. It has a thread and a session of its own, as a
/// beat must wait for no read and no append; one that has waited for too long is not sent any more.
///
/// A member that finds itself in the roll is of the present cluster from then on, and can open
/// partitions. One that leaves it stays of that cluster: it can open nothing that members of a
/// later one have opened.
public final class PostgresRoll implements ClusterStore, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int WAITING = 64;

  private final Database database;
  private final AtomicReference<@Nullable Connection> session = new AtomicReference<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("store-roll").factory());

  public PostgresRoll(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Standing> beat(MemberId self) {
    return ask(connection -> noted(RollStatements.beat(connection, self), self));
  }

  @Override
  public CompletionStage<Roll> change(Roll next) {
    return ask(connection -> {
      RollStatements.change(connection, next);
      return RollStatements.look(connection, new MemberId("", 0)).roll();
    });
  }

  @Override
  public CompletionStage<Standing> form(MemberId self, Standing seen) {
    return ask(connection -> {
      RollStatements.form(connection, self, seen);
      return noted(RollStatements.look(connection, self), self);
    });
  }

  private Standing noted(Standing standing, MemberId self) {
    if (standing.roll().includes(self)) {
      database.incarnation().clusterIs(standing.cluster());
    }
    return standing;
  }

  private <T> CompletionStage<T> ask(Database.Question<T> question) {
    var answer = new CompletableFuture<T>();
    long asked = System.nanoTime();
    try {
      thread.execute(() -> answer(question, asked, answer));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(
          new StoreException("the roll of members cannot be asked: too much waits", full));
    }
    return answer;
  }

  private <T> void answer(Database.Question<T> question, long asked, CompletableFuture<T> answer) {
    try {
      if (System.nanoTime() - asked > PATIENCE.toNanos()) {
        throw new StoreException("the roll of members was not asked in time");
      }
      answer.complete(question.ask(connection()));
    } catch (SQLException failure) {
      leave();
      answer.completeExceptionally(database.failed(failure));
    } catch (StoreException refusal) {
      answer.completeExceptionally(refusal);
    } catch (RuntimeException bug) {
      leave();
      answer.completeExceptionally(new StoreException("the roll of members failed: " + bug, bug));
    }
  }

  private Connection connection() throws SQLException {
    var present = session.get();
    if (present == null) {
      present = database.session(PATIENCE);
      session.set(present);
    }
    return present;
  }

  /// What the session does is over, or goes on without anybody who waits for it.
  private void leave() {
    var left = session.getAndSet(null);
    if (left != null) {
      try {
        left.abort(Runnable::run);
      } catch (SQLException failure) {
        // The server notices by itself.
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    leave();
  }
}
