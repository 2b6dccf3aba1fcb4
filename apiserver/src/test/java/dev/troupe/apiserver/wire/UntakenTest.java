package dev.troupe.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UntakenTest {

  private final Untaken<String> untaken = new Untaken<>(1_000, 500);

  @Test
  void frameOfManyStreamsCountsOnce() {
    byte[] shared = new byte[300];

    for (int i = 0; i < 10; i++) {
      assertThat(untaken.add("stream" + i, "ann", 10, List.of(shared))).isEmpty();
    }

    assertThat(untaken.bytes()).isEqualTo(400);
  }

  @Test
  void whoeverHasWaitedLongestGoesFirst() {
    untaken.add("old", "ann", 300, List.of());
    untaken.add("young", "bob", 300, List.of());
    untaken.add("other", "eve", 300, List.of());

    assertThat(untaken.add("new", "joe", 300, List.of())).containsExactly("old");
    assertThat(untaken.bytes()).isEqualTo(900);
  }

  @Test
  void whoHasTakenSomethingWaitsAnew() {
    untaken.add("old", "ann", 300, List.of());
    untaken.add("young", "bob", 300, List.of());
    untaken.add("old", "ann", 300, List.of());
    untaken.add("other", "eve", 300, List.of());

    assertThat(untaken.add("new", "joe", 300, List.of())).containsExactly("young");
  }

  @Test
  void whoWantsTooMuchAloneLosesNothingOfOthers() {
    untaken.add("others", "ann", 300, List.of());
    untaken.add("first", "bob", 300, List.of());

    assertThat(untaken.add("second", "bob", 300, List.of())).containsExactly("first");
    assertThat(untaken.bytes("bob")).isEqualTo(300);
    assertThat(untaken.bytes("ann")).isEqualTo(300);
  }

  @Test
  void nothingIsCountedForThoseWhoWaitNoLonger() {
    untaken.add("one", "ann", 100, List.of(new byte[100]));

    untaken.remove("one");
    untaken.remove("one");

    assertThat(untaken.bytes()).isZero();
    assertThat(untaken.bytes("ann")).isZero();
  }

  /// Beside a model that counts anew after each step.
  @Test
  void boundsHoldAndNothingIsCountedTwiceWhateverHappens() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var bounded = new Untaken<Integer>(1_000, 600);
      var model = new LinkedHashMap<Integer, Stream>();
      var frames = new ArrayList<byte[]>();
      for (int i = 0; i < 5; i++) {
        frames.add(new byte[random.nextInt(300)]);
      }
      for (int step = 0; step < 200; step++) {
        int stream = random.nextInt(12);
        model.remove(stream);
        if (random.nextInt(3) == 0) {
          bounded.remove(stream);
        } else {
          var next =
              new Stream(
                  "client" + stream % 3,
                  random.nextInt(200),
                  frames.subList(0, random.nextInt(frames.size())));
          model.put(stream, next);
          for (int victim : bounded.add(stream, next.client, next.own, next.frames)) {
            assertThat(isFirst(model, victim)).as("seed " + seed).isTrue();
            model.remove(victim);
          }
        }
        assertThat(bounded.bytes())
            .as("seed " + seed)
            .isEqualTo(bytes(model, ""))
            .isLessThanOrEqualTo(1_000);
        for (String client : List.of("client0", "client1", "client2")) {
          assertThat(bounded.bytes(client))
              .isEqualTo(bytes(model, client))
              .isLessThanOrEqualTo(600);
        }
      }
    }
  }

  private record Stream(String client, long own, List<byte[]> frames) {}

  /// Of all, or of its client.
  private static boolean isFirst(Map<Integer, Stream> model, int victim) {
    for (var entry : model.entrySet()) {
      if (entry.getKey() == victim) {
        return true;
      }
      var others = model.get(victim);
      if (others == null || entry.getValue().client.equals(others.client)) {
        return false;
      }
    }
    return false;
  }

  /// @param client empty for all
  private static long bytes(Map<Integer, Stream> model, String client) {
    var frames = Collections.<byte[]>newSetFromMap(new IdentityHashMap<>());
    long bytes = 0;
    for (var stream : model.values()) {
      if (client.isEmpty() || stream.client.equals(client)) {
        bytes += stream.own;
        frames.addAll(stream.frames);
      }
    }
    return bytes + frames.stream().mapToLong(frame -> frame.length).sum();
  }
}
