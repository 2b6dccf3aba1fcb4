package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.logic.Writes;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps what a watch brings until a test asks for it.
final class WatchRecorder implements Flow.Subscriber<WatchItem> {

  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<WatchItem> items = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  /// The next item.
  WatchItem take() throws InterruptedException {
    var item = items.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(item).isNotNull();
    return item;
  }

  /// The value of the next change of a resource.
  String change(String name) throws InterruptedException {
    while (true) {
      if (take() instanceof WatchItem.Changed change
          && change.resource().key().name().equals(name)) {
        return Writes.value(change.resource().json());
      }
    }
  }

  /// What the watch has ended with; null if it goes on.
  @Nullable Throwable failure() throws InterruptedException {
    return failures.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(WatchItem item) {
    items.add(item);
  }

  /// Often the end of the member; whoever waits for an item notices.
  @Override
  public void onError(Throwable failure) {
    failures.add(failure);
  }

  @Override
  public void onComplete() {
    throw new AssertionError("a watch does not end");
  }
}
