package dev.troupe.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImpactTest {

  private static final long MILLI = 1_000_000;
  private static final int VICTIM = 2;

  private final List<DueRequest> requests = new ArrayList<>();

  @Test
  void objectIsWritableWhenItWasWrittenAgain() {
    request("write a", 0, "p1", 900, 1_100, "");
    request("write a", 0, "p1", 1_100, 1_300, "503");
    request("write a", 0, "p1", 1_400, 2_500, "");
    request("write b", 1, "p1", 1_050, 1_060, "");
    request("write c", 1, "p2", 1_050, 9_000, "");

    var impact = impact();

    assertThat(impact.writable()).isEqualTo(1_500 * MILLI);
    assertThat(impact.unavailable()).containsEntry("write a", 1_400 * MILLI);
  }

  @Test
  void objectThatIsNotWrittenAgainIsTold() {
    request("write a", 0, "p1", 1_050, 1_300, "503");

    assertThat(impact().writable()).isEqualTo(-1);
  }

  @Test
  void objectThatNobodyHasAskedForSinceIsNotWritableYet() {
    request("write a", 0, "p1", 900, 950, "");

    assertThat(impact().writable()).isEqualTo(-1);
  }

  /// It was sent to others while the victim was away before, and asks the victim again.
  @Test
  void whoAsksTheVictimIsNotWaitedForWhereverItWasSentBefore() {
    request("write a", 0, "p1", 500, 600, "");
    request("write a", VICTIM, "p1", 900, 950, "");
    request("write a", VICTIM, "p1", 1_050, 9_000, "broken");
    request("write b", 1, "p1", 1_050, 1_060, "");

    assertThat(impact().writable()).isEqualTo(60 * MILLI);
  }

  @Test
  void faultsAreToldByWhomTheyConcern() {
    request("write a", 0, "p1", 1_050, 1_300, "503");
    request("write c", 1, "p2", 1_050, 1_300, "504");
    request("read c", 1, "p2", 900, 950, "500");
    request("read d", VICTIM, "p2", 1_050, 1_300, "broken");
    request("list 1", 1, "", 1_050, 1_300, "503");

    var impact = impact();

    assertThat(impact.failedOfVictim()).isEqualTo(Map.of("write 503", 1));
    assertThat(impact.failed()).isEqualTo(Map.of("write 504", 1));
    assertThat(impact.failedThroughVictim()).isEqualTo(Map.of("read broken", 1));
    assertThat(impact.failedLists()).isEqualTo(Map.of("list 503", 1));
  }

  /// What waited behind another has waited from when it was due.
  @Test
  void stallEndsWithTheNextSuccess() {
    request("list 1", 1, "", 1_000, 1_010, "");
    request("list 1", 1, "", 1_500, 2_500, "503");
    request("list 1", 1, "", 2_000, 3_200, "");
    request("list 1", 1, "", 3_500, 3_510, "");

    assertThat(impact().listStall()).isEqualTo(1_700 * MILLI);
  }

  @Test
  void watcherStallsWhileItIsShownNothing() {
    var watcher = new Sightings(1);
    watcher.begins(0);
    watcher.shown(5, 990 * MILLI);
    watcher.shown(6, 1_600 * MILLI);
    watcher.shown(6, 1_700 * MILLI);
    watcher.shown(7, 1_900 * MILLI);

    assertThat(Impact.of(requests, List.of(watcher), 1_000 * MILLI, VICTIM, Set.of()).watchStall())
        .isEqualTo(600 * MILLI);
  }

  private Impact impact() {
    return Impact.of(requests, List.of(), 1_000 * MILLI, VICTIM, Set.of("p1"));
  }

  private void request(
      String client, int through, String subject, long due, long end, String fault) {
    requests.add(
        new DueRequest(client, through, subject, due * MILLI, due * MILLI, end * MILLI, fault));
  }
}
