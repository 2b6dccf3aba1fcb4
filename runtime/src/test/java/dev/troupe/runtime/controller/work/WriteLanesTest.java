package dev.troupe.runtime.controller.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// How many writes of a host go at once, and that none goes when it is over.
class WriteLanesTest {

  private final WriteLanes lanes = new WriteLanes(2);
  private final List<CompletableFuture<String>> sent = new ArrayList<>();

  @Test
  void thoseThatHaveNoLaneWaitForOne() {
    var answers = List.of(enter(), enter(), enter());

    assertThat(sent).hasSize(2);
    sent.getFirst().complete("a");

    assertThat(sent).hasSize(3);
    assertThat(answers.getFirst()).isCompletedWithValue("a");
  }

  @Test
  void whatWaitsIsNotSentAnyMoreWhenTheHostIsOver() {
    var waiting = List.of(enter(), enter(), enter()).getLast();
    var over = lanes.close().toCompletableFuture();

    sent.getFirst().complete("a");
    assertThat(over).isNotDone();
    sent.getLast().complete("b");

    assertThat(over).isCompleted();
    assertThat(sent).hasSize(2);
    assertThat(waiting).isNotDone();
  }

  @Test
  void whatComesLaterIsNotSent() {
    assertThat(lanes.close().toCompletableFuture()).isCompleted();

    assertThat(enter()).isCompletedExceptionally();
    assertThat(sent).isEmpty();
  }

  private CompletableFuture<String> enter() {
    CompletionStage<String> answer =
        lanes.enter(() -> {
          sent.add(new CompletableFuture<>());
          return sent.getLast();
        });
    return answer.toCompletableFuture();
  }
}
