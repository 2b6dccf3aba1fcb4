package dev.troupe.runtime.gateway.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.gateway.message.Sendable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// Which letters go together.
class BundlingTest {

  private final Queue<Runnable> woken = new ArrayDeque<>();
  private final List<Object> sent = new ArrayList<>();
  private final Bundling bundling = new Bundling(sent::add, woken::add);

  private static Packed letter(int size) {
    return new Packed("hr", new byte[size]);
  }

  private void send(Packed... letters) {
    for (var letter : letters) {
      assertThat(bundling.send(letter, letter.size())).isTrue();
    }
  }

  private void run() {
    for (var next = woken.poll(); next != null; next = woken.poll()) {
      next.run();
    }
  }

  @Test
  void letterAloneGoesAsItIs() {
    var letter = letter(10);
    send(letter);
    run();

    assertThat(sent).containsExactly(letter);
  }

  @Test
  void whatComesBeforeTheSenderRunsGoesAlong() {
    var letters = List.<Sendable>of(letter(1), letter(2), letter(3));
    letters.forEach(letter -> bundling.send(letter, 1));
    assertThat(woken).as("it is woken once").hasSize(1);
    run();

    assertThat(sent).containsExactly(new Bundle(letters));
  }

  @Test
  void senderIsWokenAgainByWhatComesLater() {
    send(letter(1));
    run();
    var later = letter(2);
    send(later);
    run();

    assertThat(sent).hasSize(2).endsWith(later);
  }

  /// By another thread, while the first ones are on their way.
  @Test
  void whatComesWhileItSendsIsSentByTheSameRun() {
    var second = letter(2);
    var busy =
        new Bundling(
            message -> {
              sent.add(message);
              if (sent.size() == 1) {
                send(second);
              }
            },
            woken::add);
    busy.send(letter(1), 1);
    run();

    assertThat(sent).hasSize(2).endsWith(second);
  }

  @Test
  void bundleEndsWhereTheNextLetterIsTooMuch() {
    var letters = new ArrayList<Sendable>();
    for (int i = 0; i < 5; i++) {
      letters.add(letter(i));
    }
    letters.forEach(letter -> bundling.send(letter, Bundling.TOGETHER / 2 - 1));
    run();

    assertThat(sent)
        .containsExactly(
            new Bundle(letters.subList(0, 2)), new Bundle(letters.subList(2, 4)), letters.get(4));
  }

  @Test
  void nothingIsTakenThatHasNoRoomUntilSomethingHasGone() {
    var large = letter(1);
    for (int i = 0; i < 4; i++) {
      assertThat(bundling.send(large, Bundling.WAITING / 4)).isTrue();
    }
    assertThat(bundling.send(letter(1), 1)).isFalse();
    run();

    assertThat(sent).containsExactly(large, large, large, large);
    assertThat(bundling.send(letter(1), 1)).isTrue();
  }

  @Test
  void whatWaitsIsLostWithTheSender() {
    var ended =
        new Bundling(
            sent::add,
            _ -> {
              throw new RejectedExecutionException("the system has ended");
            });
    for (int i = 0; i < 10; i++) {
      assertThat(ended.send(letter(1), Bundling.WAITING / 2)).as("nothing piles up").isTrue();
    }

    assertThat(sent).isEmpty();
  }
}
