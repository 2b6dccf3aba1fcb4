package dev.troupe.apiserver.watch;

import dev.troupe.runtime.collection.WatchItem;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What has arrived for a watch and has not been sent yet. As much is asked for as is worth about
/// [#BYTES], as far as what has come lets that be known, so that few large changes are held on to
/// or many small ones.
final class Feed implements Flow.Subscriber<WatchItem> {

  static final int FIRST = 16;
  static final int MOST = 128;
  private static final long BYTES = 256 << 10;

  private final Executor thread;
  private final Runnable arrival;
  private final ConcurrentLinkedQueue<WatchItem> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile @Nullable End end;
  private volatile boolean cancelled;

  // only touched on the thread
  private Flow.@Nullable Subscription subscription;
  private int demand = FIRST;
  private int outstanding;
  private double averageBytes;

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
        outstanding = demand;
        given.request(demand);
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
    outstanding--;
    var item = arrived.remove();
    if (item instanceof WatchItem.Changed change) {
      learn(change.size());
    }
    return item;
  }

  private void learn(int bytes) {
    averageBytes += (bytes - averageBytes) / 8;
    demand = (int) Math.clamp(BYTES / Math.max(1, averageBytes), 2, Math.min(MOST, 2 * demand));
  }

  /// Whether nothing will arrive any more; what has arrived comes first.
  @Nullable End end() {
    return end;
  }

  /// Asks for more when that is worth a message.
  void requestMore() {
    int more = demand - outstanding;
    if (subscription != null && more >= demand / 2) {
      outstanding += more;
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
