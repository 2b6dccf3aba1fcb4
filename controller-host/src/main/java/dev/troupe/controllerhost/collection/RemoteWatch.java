package dev.troupe.controllerhost.collection;

import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.controllerhost.request.StatusReader;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.failure.Failures;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything that happens in a collection of an API server after a version, pulled by its
/// subscriber: what is not wanted yet stays in the connection. When a connection ends it goes on
/// with another one, from where it was.
final class RemoteWatch implements Flow.Subscription {

  private static final int OK = 200;
  private static final int GONE = 410;
  private static final int REFUSAL_BYTES = 1 << 16;

  /// A connection that lasted less is no good.
  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RemoteCollection collection;
  private final Watching surroundings;
  private final Flow.Subscriber<? super WatchItem> subscriber;
  private final Deque<WatchItem> items = new ArrayDeque<>();
  private long position;
  private long demand;
  private boolean over;
  private boolean checked;

  // Of the present connection.
  private int number;
  private int code;
  private long opened;
  private long pieces;
  private boolean pulled;
  private @Nullable AsyncBody body;
  private Lines lines;

  /// What ends the watch when all that came before is taken.
  private @Nullable Runnable end;

  RemoteWatch(
      RemoteCollection collection,
      long after,
      Watching surroundings,
      Flow.Subscriber<? super WatchItem> subscriber) {
    this.collection = collection;
    this.position = after;
    this.surroundings = surroundings;
    this.subscriber = subscriber;
    this.lines = new Lines(surroundings.terms().longest());
  }

  void begin() {
    subscriber.onSubscribe(this);
    open();
  }

  @Override
  public synchronized void request(long more) {
    demand += more;
    deliver();
  }

  @Override
  public synchronized void cancel() {
    over = true;
    items.clear();
    surroundings.ended(this);
    close();
  }

  private void close() {
    var open = body;
    body = null;
    if (open != null) {
      open.cancel();
    }
  }

  // The connection

  private synchronized void open() {
    if (over) {
      return;
    }
    int mine = ++number;
    lines = new Lines(surroundings.terms().longest());
    code = 0;
    pulled = false;
    opened = surroundings.nanos();
    long seconds = surroundings.seconds();
    var call =
        RemoteCall.get(
            collection.path()
                + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                + position
                + "&timeoutSeconds="
                + seconds);
    var _ =
        surroundings.stream(call, (buffers, _) -> received(mine, buffers))
            .whenComplete((response, failure) -> begun(mine, response, failure));
    var terms = surroundings.terms();
    later(terms.silence().toMillis(), () -> silent(mine));
    later(TimeUnit.SECONDS.toMillis(seconds) + terms.silence().toMillis(), () -> renew(mine));
  }

  private static void later(long millis, Runnable what) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(what);
  }

  private synchronized void silent(int mine) {
    if (mine == number && code == 0) {
      renew(mine);
    }
  }

  /// Gives up a connection, from which nothing is taken any more.
  private synchronized void renew(int mine) {
    if (mine == number && !over && end == null) {
      close();
      goOn("it does not end", surroundings.nanos() - opened > SHORT_NANOS);
    }
  }

  private synchronized void begun(
      int mine, @Nullable HttpResponse<AsyncBody> response, @Nullable Throwable failure) {
    if (mine != number || over) {
      if (response != null) {
        response.body().cancel();
      }
      return;
    }
    if (response == null) {
      goOn(String.valueOf(Failures.cause(failure)), false);
      return;
    }
    code = response.code();
    body = response.body();
    var _ = response.body().done().whenComplete((_, broken) -> closed(mine, broken));
    if (code == OK) {
      surroundings.notes().over(collection + " (watch)");
      deliver();
    } else {
      response.body().consume();
    }
  }

  private synchronized void received(int mine, List<ByteBuffer> buffers) {
    if (mine != number || over) {
      return;
    }
    pulled = false;
    pieces++;
    try {
      for (byte[] line : lines.add(buffers)) {
        if (code == OK) {
          take(ControllerJson.object(line));
        }
      }
    } catch (RuntimeException illegible) {
      fail(new UnavailableException("an event cannot be read: " + illegible.getMessage()));
    }
    if (code == OK) {
      deliver();
    } else if (body != null && lines.rest().length < REFUSAL_BYTES) {
      body.consume();
    }
  }

  private synchronized void closed(int mine, @Nullable Throwable broken) {
    if (mine != number || over || end != null || body == null) {
      return;
    }
    body = null;
    if (code != OK) {
      refused(StatusReader.refusal(new RemoteAnswer(code, lines.rest(), 0)), code);
    } else {
      goOn(
          broken == null ? "it ends at once" : String.valueOf(Failures.cause(broken)),
          surroundings.nanos() - opened > SHORT_NANOS);
    }
  }

  private void goOn(String why, boolean atOnce) {
    if (atOnce) {
      open();
    } else {
      fail(new UnavailableException(why));
    }
  }

  private void refused(Refusal refusal, int refusedWith) {
    if (refusedWith == GONE) {
      ending(() -> subscriber.onError(new ExpiredException(refusal.message())));
    } else {
      fail(new UnavailableException(refusal.message()));
    }
  }

  private void fail(UnavailableException why) {
    surroundings.notes().say(collection + " (watch)", String.valueOf(why.getMessage()));
    ending(() -> subscriber.onError(why));
  }

  private void ending(Runnable how) {
    if (end == null) {
      end = how;
      close();
      deliver();
    }
  }

  // Events

  private void take(ObjectNode event) {
    if (end != null) {
      return;
    }
    var type = event.path("type").asString("");
    if (!(event.get("object") instanceof ObjectNode object)) {
      throw new IllegalStateException("it has no object");
    }
    switch (type) {
      case "BOOKMARK" -> add(new WatchItem.Progress(RemoteVersions.of(object)));
      case "ADDED", "MODIFIED", "DELETED" ->
          add(new WatchItem.Changed(WatchItem.Type.valueOf(type), collection.read(object), null));
      case "ERROR" -> {
        int said = object.path("code").asInt(0);
        refused(StatusReader.of(object, said, 0), said);
      }
      default -> {} // Kubernetes may have more of them one day.
    }
  }

  private void add(WatchItem item) {
    position = Math.max(position, item.version());
    items.add(item);
  }

  private void deliver() {
    while (demand > 0 && !items.isEmpty() && !over) {
      demand--;
      var item = items.poll();
      subscriber.onNext(item);
      if (item instanceof WatchItem.Changed change) {
        surroundings.deletions().shown(change);
      }
    }
    if (over || !items.isEmpty()) {
      return;
    }
    if (end != null) {
      over = true;
      surroundings.ended(this);
      end.run();
    } else if (demand > 0 && body != null && code == OK && !pulled) {
      pulled = true;
      body.consume();
    }
  }

  /// A write was answered with this version: a connection that shows nothing of it is no good.
  synchronized void expect(long version) {
    if (checked || over || version <= position) {
      return;
    }
    checked = true;
    int mine = number;
    long before = pieces;
    later(surroundings.terms().silence().toMillis(), () -> check(mine, version, before));
  }

  private synchronized void check(int mine, long version, long before) {
    checked = false;
    if (position < version && pieces == before && pulled) {
      renew(mine);
    }
  }
}
