package dev.troupe.runtime.member;

import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import java.util.concurrent.Flow;

/// A watch that ends before it has begun.
///
/// @param why it does
record UnavailableWatch(String why) implements Flow.Publisher<WatchItem> {

  private static final class Nothing implements Flow.Subscription {

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  @Override
  public void subscribe(Flow.Subscriber<? super WatchItem> subscriber) {
    subscriber.onSubscribe(new Nothing());
    subscriber.onError(new UnavailableException(why));
  }
}
