package dev.troupe.apiserver.watch;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Sink;
import dev.troupe.apiserver.encoding.ObjectForm;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.reading.Pull;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds one watcher. Asks for as many changes as it may hold, and for more only when the client
/// has taken what was sent, so that a slow client never makes anything grow: one that does not read
/// for a while is not followed any more, and when it reads again the watch goes on at its position.
final class WatchStream implements Answer.Source {

  private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);
  private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Resources resources;
  private final WatchPlan plan;

  // only touched on the sink's thread
  private @Nullable Sink sink;
  private @Nullable Feed feed;
  private ObjectForm form;
  private final Map<WatchItem.Type, EventForm> names = new EnumMap<>(WatchItem.Type.class);
  private long position;
  private boolean initialDone;
  private boolean waiting;
  private boolean impatient;
  private boolean over;

  WatchStream(Resources resources, WatchPlan plan) {
    this.resources = resources;
    this.plan = plan;
    this.form = plan.form();
    this.position = plan.after();
  }

  /// Names an encoding that all watchers with the same form share.
  ///
  /// @param hash is asked for at every event, and takes a walk over all that a form knows
  private record EventForm(WatchItem.Type type, ObjectForm form, int hash) {

    private static EventForm of(WatchItem.Type type, ObjectForm form) {
      return new EventForm(type, form, 31 * type.hashCode() + form.hashCode());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

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

  private void work() {
    if (over) {
      return;
    }
    try {
      if (!sendInitial()) {
        return;
      }
    } catch (RefusedException refused) {
      finish(refused);
      return;
    } catch (RuntimeException failure) {
      breakOff(failure);
      return;
    }
    var current = feed == null ? follow() : feed;
    var ended = current.end();
    do {
      sendSome(current);
    } while (current.hasNext() && !out().full());
    if (out().full()) {
      waitForTheClient();
    } else if (ended != null) {
      finish(ended.failure());
    } else {
      current.requestMore();
    }
  }

  private void sendSome(Feed current) {
    boolean sent = false;
    while (current.hasNext() && !out().full()) {
      sent |= send(current.next());
    }
    if (sent) {
      out().flush();
    }
  }

  private Feed follow() {
    var next = new Feed(out().thread(), this::work);
    feed = next;
    var namespace = plan.filter().namespace();
    resources.watch(plan.type(), namespace.isEmpty() ? null : namespace, position).subscribe(next);
    return next;
  }

  /// A client that does not read holds on to nothing but what is on its way.
  private void waitForTheClient() {
    if (impatient) {
      return;
    }
    impatient = true;
    out()
        .after(
            PATIENCE,
            () -> {
              impatient = false;
              if (feed != null && out().full()) {
                feed.cancel();
                feed = null;
              }
            });
  }

  /// Whoever has seen a part of what is there must not take it for all, and watch on from there.
  private void breakOff(RuntimeException failure) {
    LOG.warn("the beginning of a watch of {} broke off: {}", plan.type(), failure.toString());
    stop();
    out().fail();
  }

  /// Sends the objects that are there at the beginning.
  ///
  /// @return whether that is done
  private boolean sendInitial() {
    if (initialDone) {
      return true;
    }
    while (!initialDone) {
      sendSomeInitial();
      if (out().full()) {
        return false;
      }
      // Asked once: what was still coming a moment ago may be here by now.
      switch (plan.initial().state()) {
        case HERE -> {}
        case COMING -> {
          waitForMore();
          return false;
        }
        case OVER -> initialDone = true;
      }
    }
    if (plan.initialEnd()) {
      out().send(form.bookmark(position, true));
      out().flush();
    }
    return true;
  }

  private void waitForMore() {
    if (!waiting) {
      waiting = true;
      plan.initial()
          .coming()
          .thenRun(() ->
              out()
                  .thread()
                  .execute(() -> {
                    waiting = false;
                    work();
                  }));
    }
  }

  private void sendSomeInitial() {
    while (plan.initial().state() == Pull.State.HERE && !out().full()) {
      var resource = plan.initial().next();
      if (plan.filter().selection().matches(resource)) {
        out().send(form.event("ADDED", resource.json()));
        form = form.following();
      }
    }
    out().flush();
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
                name(type, shape),
                changed -> shape.event(type.name(), EventFilter.shown(changed, type))));
    form = shape.following();
    return true;
  }

  private EventForm name(WatchItem.Type type, ObjectForm shape) {
    var known = names.get(type);
    if (known == null || !known.form().equals(shape)) {
      known = EventForm.of(type, shape);
      names.put(type, known);
    }
    return known;
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
      case RefusedException refused -> {
        out().send(error(refused.refusal()));
        out().end();
      }
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
    plan.initial().close();
    if (feed != null) {
      feed.cancel();
    }
  }

  private byte[] error(Refusal refusal) {
    return form.error(StatusDocument.of(refusal));
  }

  private Sink out() {
    if (sink == null) {
      throw new IllegalStateException("the watch has not begun");
    }
    return sink;
  }
}
