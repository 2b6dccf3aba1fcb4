package dev.troupe.apiserver.watch;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Sink;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.encoding.ObjectForm;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds one watcher. Asks for as many changes as it may hold, and for more only when the client
/// has taken what was sent, so that a slow client never makes anything grow.
final class WatchStream implements Answer.Source, Flow.Subscriber<WatchItem> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);
  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);
  private static final int DEMAND = 128;
  private static final int INITIAL_BATCH = 256;

  private final Resources resources;
  private final WatchPlan plan;
  private final ConcurrentLinkedQueue<WatchItem> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile @Nullable End end;

  // only touched on the sink's thread
  private @Nullable Sink sink;
  private Flow.@Nullable Subscription subscription;
  private ObjectForm form;
  private long position;
  private int taken;
  private boolean initialDone;
  private boolean over;

  WatchStream(Resources resources, WatchPlan plan) {
    this.resources = resources;
    this.plan = plan;
    this.form = plan.form();
    this.position = plan.after();
  }

  /// How the source has ended; null stands for a regular end.
  private record End(@Nullable Throwable failure) {}

  /// Names an encoding that all watchers with the same form share.
  private record EventForm(WatchItem.Type type, ObjectForm form) {}

  @Override
  public void feed(Sink out) {
    sink = out;
    out.onClose(this::stop);
    out.onDrain(this::work);
    out.after(plan.lifetime(), this::expire);
    if (plan.bookmarks()) {
      out.after(BOOKMARK_EVERY, this::bookmark);
    }
    work();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    out()
        .thread()
        .execute(() -> {
          if (over) {
            given.cancel();
            return;
          }
          subscription = given;
          given.request(DEMAND);
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
    if (scheduled.compareAndSet(false, true)) {
      out()
          .thread()
          .execute(() -> {
            scheduled.set(false);
            work();
          });
    }
  }

  private void work() {
    if (over || !sendInitial()) {
      return;
    }
    var ended = end;
    boolean sent = false;
    for (var item = arrived.poll(); item != null; item = arrived.poll()) {
      sent |= send(item);
      taken++;
    }
    if (sent) {
      out().flush();
    }
    if (ended != null) {
      finish(ended.failure);
    } else if (subscription != null && taken >= DEMAND / 2 && !out().full()) {
      int more = taken;
      taken = 0;
      subscription.request(more);
    }
  }

  /// Sends the objects that are there at the beginning.
  ///
  /// @return whether that is done
  private boolean sendInitial() {
    if (initialDone) {
      return true;
    }
    while (plan.initial().hasNext()) {
      if (out().full()) {
        return false;
      }
      for (int i = 0; i < INITIAL_BATCH && plan.initial().hasNext(); i++) {
        var resource = plan.initial().next();
        if (plan.filter().selection().matches(resource)) {
          out().send(form.event("ADDED", resource.json()));
          form = form.following();
        }
      }
      out().flush();
    }
    initialDone = true;
    if (plan.initialEnd()) {
      out().send(form.bookmark(position, true));
      out().flush();
    }
    resources.watch(plan.type(), plan.after()).subscribe(this);
    return true;
  }

  private boolean send(WatchItem item) {
    position = Math.max(position, item.version());
    if (!(item instanceof Changed change)) {
      return false;
    }
    var type = plan.filter().seen(change);
    if (type == null) {
      return false;
    }
    var shape = form;
    out()
        .send(
            change.encoded(
                new EventForm(type, shape),
                changed -> shape.event(type.name(), changed.resource().json())));
    form = shape.following();
    return true;
  }

  private void bookmark() {
    if (initialDone && !out().full()) {
      out().send(form.bookmark(position, false));
      out().flush();
    }
    out().after(BOOKMARK_EVERY, this::bookmark);
  }

  private void expire() {
    if (plan.bookmarks() && initialDone && !out().full()) {
      out().send(form.bookmark(position, false));
    }
    finish(null);
  }

  private void finish(@Nullable Throwable failure) {
    stop();
    switch (failure) {
      case null -> out().end();
      case UnavailableException _ -> out().end();
      case ExpiredException _ -> {
        out().send(error(Refusal.expired("too old resource version: " + position)));
        out().end();
      }
      default -> {
        LOG.error("watch of {} failed at {}", plan.type(), position, failure);
        out().fail();
      }
    }
  }

  private void stop() {
    over = true;
    arrived.clear();
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private static byte[] error(Refusal refusal) {
    return Encoding.event("ERROR", StatusDocument.of(refusal));
  }

  private Sink out() {
    if (sink == null) {
      throw new IllegalStateException("the watch has not begun");
    }
    return sink;
  }
}
