package dev.troupe.runtime.fight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationsTest {

  private static final ResourceKey WEB = key("web");

  private final Alternations alternations = new Alternations(2);

  private static ResourceKey key(String name) {
    return new ResourceKey(TypeRef.core("configmaps"), "default", name);
  }

  /// At which of the writes it was worth a look.
  private List<Integer> looks(ResourceKey key, long apart, String... writers) {
    var looks = new ArrayList<Integer>();
    for (int i = 0; i < writers.length; i++) {
      if (alternations.note(key, writers[i], i * apart)) {
        looks.add(i);
      }
    }
    return looks;
  }

  private static String[] inTurn(int writes) {
    var writers = new String[writes];
    for (int i = 0; i < writes; i++) {
      writers[i] = i % 2 == 0 ? "ada" : "bob";
    }
    return writers;
  }

  @Test
  void whoeverWritesInTurnIsLookedAtAgainAndAgain() {
    assertThat(looks(WEB, 100, inTurn(20))).containsExactly(8, 16);
  }

  @Test
  void oneWriterAloneIsNot() {
    assertThat(
            looks(WEB, 100, "ada", "ada", "ada", "ada", "ada", "ada", "ada", "ada", "ada", "ada"))
        .isEmpty();
  }

  @Test
  void whoTakesHisTimeIsNot() {
    assertThat(looks(WEB, 40_000, inTurn(20))).isEmpty();
  }

  @Test
  void onlyTheLastObjectsAreRemembered() {
    var writers = inTurn(8);
    assertThat(looks(WEB, 1, writers)).isEmpty();
    assertThat(alternations.note(key("a"), "ada", 9)).isFalse();
    assertThat(alternations.note(key("b"), "ada", 9)).isFalse();
    assertThat(alternations.note(WEB, "ada", 10)).isFalse();
  }
}
