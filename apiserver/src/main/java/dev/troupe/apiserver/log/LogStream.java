package dev.troupe.apiserver.log;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Sink;
import dev.troupe.apiserver.status.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Feeds one reader of a log.
final class LogStream implements Answer.Source, Flow.Subscriber<PodLogs.Line> {

  private static final int DEMAND = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Flow.Publisher<PodLogs.Line> lines;
  private final boolean timestamps;
  private final ConcurrentLinkedQueue<PodLogs.Line> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  private final Executor thread;
  private final CompletableFuture<Answer.Source> begun = new CompletableFuture<>();

  // only touched on the thread
  private @Nullable Sink sink;
  private Flow.@Nullable Subscription subscription;
  private long left;
  private int taken;
  private boolean over;

  /// @param thread that of the sink to come
  /// @param limit how many bytes are sent at most
  LogStream(Executor thread, Flow.Publisher<PodLogs.Line> lines, boolean timestamps, long limit) {
    this.thread = thread;
    this.lines = lines;
    this.timestamps = timestamps;
    this.left = limit;
  }

  /// Asks for the lines. What is known to fail is refused before an answer begins; a container that
  /// has nothing to say for a while does not hold the answer up.
  CompletionStage<Answer.Source> begin() {
    lines.subscribe(this);
    return begun.completeOnTimeout(this, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void feed(Sink out) {
    sink = out;
    out.onClose(this::stop);
    out.onDrain(this::work);
    work();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    thread.execute(() -> {
      subscription = given;
      if (over) {
        given.cancel();
      } else {
        given.request(DEMAND);
      }
    });
  }

  @Override
  public void onNext(PodLogs.Line line) {
    arrived.add(line);
    begun.complete(this);
    schedule();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    ended = true;
    begun.completeExceptionally(
        cause instanceof PodLogs.NoSuchContainerException
            ? RefusedException.badRequest(String.valueOf(cause.getMessage()))
            : cause);
    schedule();
  }

  @Override
  public void onComplete() {
    ended = true;
    begun.complete(this);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      thread.execute(() -> {
        scheduled.set(false);
        work();
      });
    }
  }

  private void work() {
    if (over || sink == null) {
      return;
    }
    boolean last = ended;
    for (var line = arrived.poll(); line != null && left > 0; line = arrived.poll()) {
      send(line);
      taken++;
    }
    out().flush();
    if (last || left <= 0) {
      stop();
      finish();
    } else if (subscription != null && taken >= DEMAND / 2 && !out().full()) {
      int more = taken;
      taken = 0;
      subscription.request(more);
    }
  }

  private void finish() {
    if (failure != null && !(failure instanceof PodLogs.NoSuchContainerException)) {
      out().fail();
    } else {
      out().end();
    }
  }

  private void send(PodLogs.Line line) {
    String text = timestamps ? line.time() + " " + line.text() + "\n" : line.text() + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out().send(bytes.length <= left ? bytes : Arrays.copyOf(bytes, (int) left));
    left -= bytes.length;
  }

  private void stop() {
    over = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private Sink out() {
    if (sink == null) {
      throw new IllegalStateException("the log is not read yet");
    }
    return sink;
  }
}
