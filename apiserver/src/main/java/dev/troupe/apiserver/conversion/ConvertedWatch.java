package dev.troupe.apiserver.conversion;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.failure.Failures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Between a collection and one who watches it in another version: what has come while one review
/// was out goes into the next. No more waits here than was asked for.
final class ConvertedWatch implements Flow.Subscriber<WatchItem>, Flow.Subscription {

  private final Flow.Subscriber<? super WatchItem> watcher;
  private final ConvertedObjects objects;
  private final SharedChanges changes;

  // guarded by this
  private final Queue<WatchItem> arrived = new ArrayDeque<>();
  private boolean isBusy;
  private boolean isOver;
  private @Nullable End end;

  private Flow.@Nullable Subscription followed;

  /// How the collection has ended.
  ///
  /// @param failure null for a regular end
  private record End(@Nullable Throwable failure) {}

  ConvertedWatch(
      Flow.Subscriber<? super WatchItem> watcher, ConvertedObjects objects, SharedChanges changes) {
    this.watcher = watcher;
    this.objects = objects;
    this.changes = changes;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    followed = subscription;
    watcher.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    var to = followed;
    if (to != null) {
      to.request(count);
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      isOver = true;
      arrived.clear();
    }
    var to = followed;
    if (to != null) {
      to.cancel();
    }
  }

  @Override
  public void onNext(WatchItem item) {
    synchronized (this) {
      arrived.add(item);
    }
    work();
  }

  @Override
  public void onError(Throwable failure) {
    end(new End(failure));
  }

  @Override
  public void onComplete() {
    end(new End(null));
  }

  private void end(End how) {
    synchronized (this) {
      end = how;
    }
    work();
  }

  private void work() {
    List<WatchItem> some;
    synchronized (this) {
      if (isBusy || isOver) {
        return;
      }
      if (arrived.isEmpty()) {
        finish();
        return;
      }
      isBusy = true;
      some = new ArrayList<>(arrived);
      arrived.clear();
    }
    changes.convert(some, objects).whenComplete((converted, failure) -> done(converted, failure));
  }

  private void done(@Nullable List<WatchItem> converted, @Nullable Throwable failure) {
    if (converted == null) {
      cancel();
      watcher.onError(failure == null ? new IllegalStateException() : Failures.cause(failure));
      return;
    }
    converted.forEach(watcher::onNext);
    synchronized (this) {
      isBusy = false;
    }
    work();
  }

  /// Behind all that has come.
  private void finish() {
    var how = end;
    if (how == null) {
      return;
    }
    isOver = true;
    var failure = how.failure();
    if (failure == null) {
      watcher.onComplete();
    } else {
      watcher.onError(failure);
    }
  }
}
