package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.StoredResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes a list item by item, for those who must not wait and for those who may. While one piece is
/// gone through the next is on its way, so that two are here at most. To be used by one thread at a
/// time.
public final class Pull implements AutoCloseable {

  /// Whether there is another item.
  public enum State {
    HERE,
    /// It is not known yet; [#coming] tells when it is worth to look again.
    COMING,
    OVER
  }

  private final @Nullable ListCursor cursor;
  private Iterator<StoredResource> items = Collections.emptyIterator();

  /// Null when the present piece is the last.
  private @Nullable CompletableFuture<Chunk> ahead;

  public Pull(ListCursor cursor) {
    this.cursor = cursor;
    this.ahead = cursor.next().toCompletableFuture();
  }

  private Pull() {
    cursor = null;
  }

  /// Of a list of nothing.
  public static Pull nothing() {
    return new Pull();
  }

  /// @throws UnavailableException if the rest will not come
  public State state() {
    while (!items.hasNext()) {
      var next = ahead;
      if (next == null) {
        return State.OVER;
      }
      if (!next.isDone()) {
        return State.COMING;
      }
      enter(next);
    }
    return State.HERE;
  }

  private void enter(CompletableFuture<Chunk> next) {
    try {
      var chunk = next.join();
      items = chunk.items();
      ahead = chunk.last() || cursor == null ? null : cursor.next().toCompletableFuture();
    } catch (CompletionException failed) {
      throw Failures.unchecked(failed);
    }
  }

  /// Whether what is here is all that there is.
  public boolean isLast() {
    return ahead == null;
  }

  public StoredResource next() {
    return items.next();
  }

  /// Completes, whether well or not, when the next piece is there.
  public CompletionStage<Void> coming() {
    var next = ahead;
    return next == null ? CompletableFuture.completedFuture(null) : next.handle((_, _) -> null);
  }

  /// Hands over all items: at once as far as they are here.
  ///
  /// @param thread where it goes on after a piece that had to be waited for
  public CompletionStage<Void> each(Consumer<StoredResource> taker, Executor thread) {
    return each(() -> true, taker, thread);
  }

  /// The same for as long as more is wanted. Completes when it is known whether there is an item
  /// behind those that were taken.
  public CompletionStage<Void> each(
      BooleanSupplier more, Consumer<StoredResource> taker, Executor thread) {
    var done = new CompletableFuture<Void>();
    each(more, taker, thread, done);
    return done;
  }

  private void each(
      BooleanSupplier more,
      Consumer<StoredResource> taker,
      Executor thread,
      CompletableFuture<Void> done) {
    try {
      var state = state();
      while (state == State.HERE && more.getAsBoolean()) {
        taker.accept(items.next());
        state = state();
      }
      if (state == State.COMING) {
        coming().thenRunAsync(() -> each(more, taker, thread, done), thread);
      } else {
        done.complete(null);
      }
    } catch (RuntimeException failure) {
      close();
      done.completeExceptionally(failure);
    }
  }

  /// All that is left, as soon as it is here: of a list of one piece as it comes, else gathered.
  ///
  /// @param thread as of [#each]
  public CompletionStage<Iterator<StoredResource>> all(Executor thread) {
    var gathered = new ArrayList<StoredResource>();
    return each(() -> !isLast(), gathered::add, thread)
        .thenApply(_ -> gathered.isEmpty() ? items : joined(gathered));
  }

  private Iterator<StoredResource> joined(List<StoredResource> gathered) {
    items.forEachRemaining(gathered::add);
    return gathered.iterator();
  }

  /// What is left, for a thread that may wait.
  ///
  /// @param patience how long it may wait for a piece; then [UnavailableException] is thrown
  public Iterator<StoredResource> rest(Duration patience) {
    return isLast() ? items : new Awaited(patience);
  }

  private void await(Duration patience) {
    try {
      coming().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the rest of a list is not waited for");
    } catch (ExecutionException | TimeoutException late) {
      throw new UnavailableException("the rest of a list does not come: " + late);
    }
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }

  private final class Awaited implements Iterator<StoredResource> {

    private final Duration patience;

    private Awaited(Duration patience) {
      this.patience = patience;
    }

    @Override
    public boolean hasNext() {
      while (true) {
        switch (state()) {
          case HERE -> {
            return true;
          }
          case OVER -> {
            return false;
          }
          case COMING -> await(patience);
        }
      }
    }

    @Override
    public StoredResource next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return items.next();
    }
  }
}
