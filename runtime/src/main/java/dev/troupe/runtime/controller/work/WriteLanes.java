package dev.troupe.runtime.controller.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Bounds how many writes of a host are in flight; the others wait in the order they came. Each
/// waiting one belongs to an object that does nothing else meanwhile, so those are bounded too.
public final class WriteLanes {

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final int lanes;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int busy;
  private boolean closed;

  public WriteLanes(int lanes) {
    this.lanes = lanes;
  }

  <T> CompletionStage<T> enter(Supplier<CompletionStage<T>> write) {
    var answer = new CompletableFuture<T>();
    Runnable begin = () -> begin(write, answer);
    synchronized (waiting) {
      if (closed) {
        return CompletableFuture.failedStage(new IllegalStateException("the host is over"));
      }
      if (busy == lanes) {
        waiting.add(begin);
        return answer;
      }
      busy++;
    }
    begin.run();
    return answer;
  }

  /// Lets nobody in any more, those who wait included, who are never answered.
  ///
  /// @return completes when nothing is in flight
  CompletionStage<Void> close() {
    boolean empty;
    synchronized (waiting) {
      closed = true;
      waiting.clear();
      empty = busy == 0;
    }
    if (empty) {
      over.complete(null);
    }
    return over;
  }

  private <T> void begin(Supplier<CompletionStage<T>> write, CompletableFuture<T> answer) {
    CompletionStage<T> writing;
    try {
      writing = write.get();
    } catch (RuntimeException thrown) {
      writing = CompletableFuture.failedStage(thrown);
    }
    writing.whenComplete((value, failure) -> {
      leave();
      if (failure == null) {
        answer.complete(value);
      } else {
        answer.completeExceptionally(failure);
      }
    });
  }

  private void leave() {
    Runnable next;
    boolean last;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        busy--;
      }
      last = closed && busy == 0;
    }
    if (last) {
      over.complete(null);
    }
    if (next != null) {
      next.run();
    }
  }
}
