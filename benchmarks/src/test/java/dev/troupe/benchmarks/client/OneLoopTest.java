package dev.troupe.benchmarks.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OneLoopTest {

  @Test
  void whatComesFromTheLoopRunsAtOnce() throws Exception {
    try (var loop = new OneLoop()) {
      var atOnce = new CompletableFuture<Boolean>();
      loop.executor()
          .execute(() -> {
            var ran = new CompletableFuture<Void>();
            loop.executor().execute(() -> ran.complete(null));
            atOnce.complete(ran.isDone());
          });
      assertThat(atOnce.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatComesFromTheLoopOfAnotherClientIsHandedOver() throws Exception {
    try (var loop = new OneLoop();
        var other = new OneLoop()) {
      var caller = new CompletableFuture<Thread>();
      var runner = new CompletableFuture<Thread>();
      other
          .executor()
          .execute(() -> {
            caller.complete(Thread.currentThread());
            loop.executor().execute(() -> runner.complete(Thread.currentThread()));
          });
      assertThat(runner.get(10, TimeUnit.SECONDS)).isNotSameAs(caller.get(10, TimeUnit.SECONDS));
    }
  }
}
