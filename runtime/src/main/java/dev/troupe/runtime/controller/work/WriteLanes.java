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
  private int free;

  public WriteLanes(int lanes) {
    this.free = lanes;
  }

  <T> CompletionStage<T> enter(Supplier<CompletionStage<T>> write) {
    var answer = new CompletableFuture<T>();
    Runnable begin = () -> begin(write, answer);
    synchronized (waiting) {
      if (free == 0) {
        waiting.add(begin);
        return answer;
      }
      free--;
    }
    begin.run();
    return answer;
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
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.run();
  }
}
