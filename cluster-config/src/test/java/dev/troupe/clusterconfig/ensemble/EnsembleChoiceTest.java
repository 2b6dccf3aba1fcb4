package dev.troupe.clusterconfig.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.clusterconfig.member.MemberFailedException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which members there are to be, on a directory that is new or not.
class EnsembleChoiceTest {

  private static final String ELSEWHERE = "jdbc:postgresql://db/troupe";
  private static final FreePorts FREE = new FreePorts(_ -> true);

  private static Ensemble of(int members, String store) {
    return Ensemble.of(store, members, Optional.empty(), FREE, Set.of());
  }

  private static Ensemble choose(int members, String store, Ensemble former, boolean someRun) {
    return new EnsembleChoice(members, store, 6_443)
        .over(Optional.ofNullable(former), someRun, FREE);
  }

  private static void assertRefused(
      int members, String store, Ensemble former, boolean someRun, String reason) {
    assertThatThrownBy(() -> choose(members, store, former, someRun))
        .isInstanceOf(MemberFailedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void newOneIsWhatWasAskedFor() {
    var own = new EnsembleChoice(3, "", 6_444).over(Optional.empty(), false, FREE);
    assertThat(own.hasOwnDatabase()).isTrue();
    assertThat(own.seats()).hasSize(3).extracting(Seat::apiPort).doesNotContain(6_444);

    var elsewhere = new EnsembleChoice(2, ELSEWHERE, 6_443).over(Optional.empty(), false, FREE);
    assertThat(elsewhere.store()).isEqualTo(ELSEWHERE);
  }

  @Test
  void whatRunsIsTakenOverAsItIs() {
    var former = of(3, ELSEWHERE);

    assertThat(choose(3, "", former, true)).isEqualTo(former);
    assertThat(choose(3, ELSEWHERE, former, true)).isEqualTo(former);
  }

  @Test
  void databaseThatWasNamedOnceNeedNotBeNamedAgain() {
    assertThat(choose(5, "", of(3, ELSEWHERE), false).store()).isEqualTo(ELSEWHERE);
  }

  @Test
  void databaseOfTheUsersMayHaveMoved() {
    var moved = "jdbc:postgresql://new/troupe";

    assertThat(choose(3, moved, of(3, ELSEWHERE), false).store()).isEqualTo(moved);
    assertRefused(3, moved, of(3, ELSEWHERE), true, "members run on " + ELSEWHERE);
  }

  @Test
  void dataInADatabaseOfItsOwnAreNotLeftBehind() {
    assertRefused(3, ELSEWHERE, of(3, ""), false, "its data are in a PostgreSQL of its own");
  }

  @Test
  void numberIsChangedOnlyWhileNothingRuns() {
    assertThat(choose(5, "", of(3, ""), false).seats()).hasSize(5);
    assertThat(choose(2, "", of(3, ""), false).seats()).hasSize(2);
    assertRefused(5, "", of(3, ""), true, "3 members run and 5 are asked for");
  }
}
