package dev.troupe.runtime.fight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.schema.shape.DeducedShape;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.Told;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class FightsTest {

  private final Told told = new Told(Told.key("configmaps", "web"));

  private long writes;
  private LongUnaryOperator times = write -> write * 1_000;

  private void wrote(String user, String data) {
    writes++;
    told.wrote(
        writes == 1 ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED,
        writes,
        WriteCause.user(user, "", "patch"),
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":" + data + "}",
        times.applyAsLong(writes));
  }

  private List<Fight> fights() {
    return Fights.in(ObjectHistory.of(told.newestFirst(), 50, _ -> DeducedShape.INSTANCE));
  }

  @Test
  void twoThatSetAFieldBackAndForthFightForIt() {
    for (int i = 0; i < 3; i++) {
      wrote("ada", "{\"size\":\"1\",\"count\":\"" + i + "\"}");
      wrote("bob", "{\"size\":\"2\",\"count\":\"" + i + "\"}");
    }
    assertThat(fights())
        .singleElement()
        .satisfies(fight -> {
          assertThat(fight.path()).isEqualTo(".data.size");
          assertThat(fight.flips()).isEqualTo(4);
          assertThat(fight.last().name()).isEqualTo("bob");
          assertThat(String.valueOf(fight.last().value())).isEqualTo("\"2\"");
          assertThat(fight.other().name()).isEqualTo("ada");
          assertThat(fight.sinceMillis()).isEqualTo(3_000);
          assertThat(fight.lastMillis()).isEqualTo(6_000);
        });
  }

  @Test
  void takingAFieldAwayIsFightingAsWell() {
    for (int i = 0; i < 3; i++) {
      wrote("ada", "{\"size\":\"1\",\"a\":\"b\"}");
      wrote("bob", "{\"a\":\"b\"}");
    }
    assertThat(fights()).extracting(Fight::path).containsExactly(".data.size");
    assertThat(fights().getFirst().last().value()).isNull();
  }

  @Test
  void threeTurnsAreNoFight() {
    wrote("ada", "{\"size\":\"1\"}");
    wrote("bob", "{\"size\":\"2\"}");
    wrote("ada", "{\"size\":\"1\"}");
    wrote("bob", "{\"size\":\"2\"}");
    wrote("ada", "{\"size\":\"1\"}");
    assertThat(fights()).isEmpty();
  }

  @Test
  void whoGoesOnFromWhatTheOtherHasSetDoesNotFight() {
    for (int i = 0; i < 10; i++) {
      wrote(i % 2 == 0 ? "ada" : "bob", "{\"size\":\"" + i + "\"}");
    }
    assertThat(fights()).isEmpty();
  }

  @Test
  void whoChangesHisOwnMindDoesNotFight() {
    for (int i = 0; i < 10; i++) {
      wrote("ada", "{\"size\":\"" + i % 2 + "\"}");
    }
    assertThat(fights()).isEmpty();
  }

  @Test
  void whoTakesHisTimeDoesNotFight() {
    times = write -> write * 40_000;
    for (int i = 0; i < 10; i++) {
      wrote(i % 2 == 0 ? "ada" : "bob", "{\"size\":\"" + i % 2 + "\"}");
    }
    assertThat(fights()).isEmpty();
  }

  @Test
  void fightThatIsOverIsNotTold() {
    for (int i = 0; i < 6; i++) {
      wrote(i % 2 == 0 ? "ada" : "bob", "{\"size\":\"" + i % 2 + "\"}");
    }
    wrote("cleo", "{\"size\":\"7\"}");
    assertThat(fights()).isEmpty();
  }
}
