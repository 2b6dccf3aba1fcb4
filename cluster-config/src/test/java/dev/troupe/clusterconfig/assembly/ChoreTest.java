package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChoreTest {

  private static final Duration SOON = Duration.ofMillis(5);

  private final LinkedBlockingQueue<CompletableFuture<Void>> asked = new LinkedBlockingQueue<>();

  @Test
  void nextTimeComesWhenTheLastHasEndedOrFailed() throws InterruptedException {
    try (var _ = Chore.start("chore", SOON, this::work)) {
      var first = asked.poll(10, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(asked.poll(50, TimeUnit.MILLISECONDS)).isNull();

      first.completeExceptionally(new IllegalStateException("no room"));
      var second = asked.poll(10, TimeUnit.SECONDS);
      assertThat(second).isNotNull();

      second.complete(null);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private CompletableFuture<Void> work() {
    var answer = new CompletableFuture<Void>();
    asked.add(answer);
    return answer;
  }
}
