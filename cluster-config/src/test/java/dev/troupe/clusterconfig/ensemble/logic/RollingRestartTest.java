package dev.troupe.clusterconfig.ensemble.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One after the other, and none while something is amiss.
class RollingRestartTest {

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final RollingLimits LIMITS =
      new RollingLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10));

  private final RollingRestart restart = new RollingRestart(NAMES, LIMITS);
  private final Map<String, RollingSight.One> members = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private int unserved;
  private long pid = 100;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void allRun() {
    for (var name : NAMES) {
      members.put(name, new RollingSight.One(OptionalLong.of(++pid), true));
      counts.put(name, 20);
    }
  }

  private List<RollingEffect> look() {
    return restart.on(
        new RollingSight(members, Optional.of(new SpreadCounts(counts, unserved))), now);
  }

  private List<String> stopped() {
    var stopped = new ArrayList<String>();
    for (var effect : look()) {
      if (effect instanceof RollingEffect.Stop(var member)) {
        members.put(member, new RollingSight.One(OptionalLong.empty(), false));
        stopped.add(member);
      }
    }
    return stopped;
  }

  private void comesBack(String name) {
    members.put(name, new RollingSight.One(OptionalLong.of(++pid), true));
  }

  private static String given(List<RollingEffect> effects) {
    return effects.stream()
        .filter(RollingEffect.GiveUp.class::isInstance)
        .map(effect -> ((RollingEffect.GiveUp) effect).sentence())
        .findFirst()
        .orElse("");
  }

  @Test
  void allAreRestartedOneAfterTheOther() {
    for (var name : NAMES) {
      assertThat(stopped()).containsExactly(name);
      assertThat(stopped()).isEmpty();
      comesBack(name);
      assertThat(stopped()).isEmpty();
    }
    assertThat(look())
        .containsExactly(
            new RollingEffect.Say("all partitions are served: 20 + 20 + 20"),
            new RollingEffect.Finish());
    assertThat(look()).isEmpty();
  }

  @Test
  void nothingIsRestartedWhileAMemberDoesNotServe() {
    members.put("b", new RollingSight.One(OptionalLong.of(5), false));
    assertThat(look()).isEmpty();
    now = now.plusSeconds(5);

    assertThat(given(look())).contains("not all members serve: b;");
    assertThat(look()).isEmpty();
  }

  @Test
  void oneThatIsSeenAsItWasBeforeIsNotBack() {
    var before = members.get("a");
    stopped();
    members.put("a", before);

    assertThat(look()).isEmpty();
    comesBack("a");
    assertThat(look()).containsExactly(new RollingEffect.Say("a is back after 0 s (pid 104)"));
  }

  @Test
  void oneThatDoesNotComeBackIsTheLast() {
    stopped();
    now = now.plusSeconds(29);
    assertThat(given(look())).isEmpty();

    now = now.plusSeconds(1);
    assertThat(given(look())).startsWith("a has not come back within 30 s, and no other one");
    assertThat(look()).isEmpty();
  }

  @Test
  void nextWaitsUntilPartitionsAreSpread() {
    stopped();
    comesBack("a");
    look();
    counts.put("a", 3);

    assertThat(stopped()).isEmpty();
    now = now.plusSeconds(10);
    assertThat(look())
        .containsExactly(
            new RollingEffect.Say("waiting until partitions are spread evenly, now 3 + 20 + 20"));
    counts.put("a", 18);
    assertThat(stopped()).containsExactly("b");
  }

  @Test
  void partitionsThatAreServedButNotSpreadHoldUpNobodyForEver() {
    stopped();
    comesBack("a");
    look();
    counts.put("a", 3);
    now = now.plusSeconds(60);

    assertThat(look())
        .startsWith(
            new RollingEffect.Say(
                "partitions are not spread evenly after 60 s (3 + 20 + 20), but all are served"))
        .contains(new RollingEffect.Stop("b"));
  }

  @Test
  void nobodyElseLeavesWhilePartitionsAreNotServed() {
    stopped();
    comesBack("a");
    look();
    unserved = 1;
    assertThat(stopped()).isEmpty();
    now = now.plusSeconds(60);

    assertThat(given(look())).startsWith("not all partitions are served");
  }

  @Test
  void nobodyElseLeavesWhileAnotherIsAway() {
    stopped();
    comesBack("a");
    look();
    members.put("c", new RollingSight.One(OptionalLong.empty(), false));
    assertThat(stopped()).isEmpty();
    now = now.plusSeconds(60);

    assertThat(given(look())).startsWith("c did not serve for 60 s");
  }

  @Test
  void nobodyLeavesOnWhatNobodyTells() {
    stopped();
    comesBack("a");
    look();
    var blind = new RollingSight(members, Optional.empty());

    assertThat(restart.on(blind, now)).isEmpty();
    now = now.plusSeconds(60);
    assertThat(given(restart.on(blind, now))).startsWith("not all partitions are served");
  }
}
