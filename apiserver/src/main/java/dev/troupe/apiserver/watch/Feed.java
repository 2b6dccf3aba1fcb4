package dev.troupe.apiserver.watch;

import dev.troupe.runtime.collection.WatchItem;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What has arrived for a watch and has not been sent yet.
final class Feed implements Flow.Subscriber<WatchItem> {

  private static final int DEMAND = 128;

  private final Executor thread;
  private final Runnable arrival;
  private final ConcurrentLinkedQueue<WatchItem> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile @Nullable End end;
  private volatile boolean cancelled;

  // only touched on the thread
  private Flow.@Nullable Subscription subscription;
  private int taken;

  /// @param thread on which everything but a subscriber's callbacks is called
  /// @param arrival runs there when there is something new
  Feed(Executor thread, Runnable arrival) {
    this.thread = thread;
    this.arrival = arrival;
  }

  /// How the source has ended; null stands for a regular end.
  record End(@Nullable Throwable failure) {}

  @Override
  public void onSubscribe(Flow.Subscription given) {
    thread.execute(() -> {
      subscription = given;
      if (cancelled) {
        given.cancel();
      } else {
        given.request(DEMAND);
      }
    });
  }

  @Override
  public void onNext(WatchItem item) {
    arrived.add(item);
    schedule();
  }

  @Override
  public void onError(Throwable failure) {
    end = new End(failure);
    schedule();
  }

  @Override
  public void onComplete() {
    end = new End(null);
    schedule();
  }

  private void schedule() {
    if (!cancelled && scheduled.compareAndSet(false, true)) {
      thread.execute(() -> {
        scheduled.set(false);
        if (!cancelled) {
          arrival.run();
        }
      });
    }
  }

  boolean hasNext() {
    return !arrived.isEmpty();
  }

  WatchItem next() {
    taken++;
    return arrived.remove();
  }

  /// Whether nothing will arrive any more; what has arrived comes first.
  @Nullable End end() {
    return end;
  }

  /// Asks for as much as has been taken, when that is worth a message.
  void requestMore() {
    if (subscription != null && taken >= DEMAND / 2) {
      int more = taken;
      taken = 0;
      subscription.request(more);
    }
  }

  void cancel() {
    cancelled = true;
    arrived.clear();
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
