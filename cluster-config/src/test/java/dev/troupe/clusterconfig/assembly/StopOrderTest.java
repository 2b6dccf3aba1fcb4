package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Parts stop in reverse, and one that fails or hangs does not hold up the others.
class StopOrderTest {

  private final List<String> stopped = new ArrayList<>();
  private final StopOrder order = new StopOrder(Duration.ofMillis(20));

  @Test
  void lastStartedStopsFirst() {
    order.push("store", stopping("store", done()));
    order.push("actors", stopping("actors", done()));
    order.push("server", stopping("server", done()));

    order.stopAll();

    assertThat(stopped).containsExactly("server", "actors", "store");
  }

  @Test
  void partThatFailsOrHangsDoesNotHoldUpTheOthers() {
    order.push("store", stopping("store", done()));
    order.push("actors", stopping("actors", new CompletableFuture<>()));
    order.push(
        "server", stopping("server", CompletableFuture.failedFuture(new IllegalStateException())));

    order.stopAll();

    assertThat(stopped).containsExactly("server", "actors", "store");
  }

  @Test
  void secondCallStopsNothing() {
    order.push("store", stopping("store", done()));

    order.stopAll();
    order.stopAll();

    assertThat(stopped).containsExactly("store");
  }

  private Supplier<CompletionStage<?>> stopping(String name, CompletionStage<?> end) {
    return () -> {
      stopped.add(name);
      return end;
    };
  }

  private static CompletionStage<?> done() {
    return CompletableFuture.completedFuture(null);
  }
}
