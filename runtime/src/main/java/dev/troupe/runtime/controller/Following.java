package dev.troupe.runtime.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchSubscription;
import dev.troupe.runtime.measure.Trail;
import java.util.concurrent.Flow;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Brings the changes of one collection to a host, as many at a time as it has credit for.
final class Following implements Flow.Subscriber<WatchItem> {

  private final TypeRef type;
  private final int credit;
  private final ActorRef<ControllerHost.Command> host;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean cancelled;

  /// Everything up to this version has been handled.
  private volatile long position;

  private int handled;

  /// @param after the version from which on changes are brought
  Following(TypeRef type, long after, int credit, ActorRef<ControllerHost.Command> host) {
    this.type = type;
    this.position = after;
    this.credit = credit;
    this.host = host;
  }

  TypeRef type() {
    return type;
  }

  /// The host handles one item. Called by the host only.
  void handled(long version) {
    position = version;
    handled++;
    var to = subscription;
    if (handled >= Math.max(1, credit / 2) && to != null) {
      to.request(handled);
      handled = 0;
    }
  }

  /// The changes that are at this member and have not been handled. On any thread.
  Trail.Behind behind() {
    return subscription instanceof WatchSubscription watch
        ? watch.behind(position)
        : Trail.Behind.NOTHING;
  }

  void cancel() {
    cancelled = true;
    var to = subscription;
    if (to != null) {
      to.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    if (cancelled) {
      to.cancel();
    } else {
      to.request(credit);
    }
  }

  @Override
  public void onNext(WatchItem item) {
    host.tell(new ControllerHost.Brought(this, item));
  }

  @Override
  public void onError(Throwable failure) {
    host.tell(new ControllerHost.FollowingEnded(this, failure));
  }

  @Override
  public void onComplete() {
    host.tell(new ControllerHost.FollowingEnded(this, null));
  }
}
