package dev.troupe.testkit.experiment.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.Seen;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuditVerdictsTest {

  private final ClientHistory history = new ClientHistory();

  private void create(String value, long at, long version) {
    history.add(new Operation(Kind.CREATE, "a", value, 0, at, at + 1, Outcome.DONE, 201, version));
  }

  private InvariantVerdict verdict(Invariant invariant) {
    return new AuditVerdicts(history, List.of()).of(invariant).orElseThrow();
  }

  @Test
  void whatNobodyContradictsHolds() {
    create("v1", 1, 5);
    history.add(new Listed(10, 11, 6, Map.of("a", new Seen("v1", 5))));
    for (var invariant :
        new Invariant[] {
          Invariant.LINEARIZABLE,
          Invariant.ACKNOWLEDGED_WRITES_STAY,
          Invariant.VERSIONS_RISE,
          Invariant.LISTS_ARE_EXACT,
          Invariant.LISTS_ARE_FRESH
        }) {
      assertThat(verdict(invariant).verdict()).as(invariant.word()).isEqualTo(Verdict.HELD);
    }
    assertThat(verdict(Invariant.LINEARIZABLE).checked()).isOne();
  }

  @Test
  void lostWriteIsShownWithTheOperations() {
    create("v1", 1, 5);
    history.add(new Operation(Kind.GET, "a", "", 0, 10, 11, Outcome.REFUSED, 404, 0));
    var verdict = verdict(Invariant.LINEARIZABLE);
    assertThat(verdict.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(verdict.offences())
        .singleElement()
        .satisfies(offence -> {
          assertThat(offence.what()).contains("GET a", "404");
          assertThat(offence.operations()).hasSize(2).first().asString().contains("CREATE a=v1");
        });
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).offences())
        .singleElement()
        .satisfies(offence ->
            assertThat(offence.operations()).hasSize(2).last().asString().contains("404"));
  }

  @Test
  void whatCannotBePutInOrderLeavesOpenWhetherWritesStay() {
    history.add(new Operation(Kind.CREATE, "a", "v1", 0, 1, 2, Outcome.REFUSED, 409, 0));
    assertThat(verdict(Invariant.LINEARIZABLE).verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).verdict()).isEqualTo(Verdict.OPEN);
  }

  /// Of 25 writes whose outcome nobody knows, any may have taken effect, in any order.
  @Test
  @Tag("thorough")
  void whatTakesTooLongToFindOutIsOpen() {
    create("v0", 1, 5);
    for (int i = 1; i <= 25; i++) {
      history.add(
          new Operation(Kind.PATCH, "a", "v" + i, 0, 2, Long.MAX_VALUE, Outcome.UNKNOWN, 0, 0));
    }
    history.add(new Operation(Kind.UPDATE, "a", "another", 5, 10, 11, Outcome.DONE, 200, 9));
    history.add(new Operation(Kind.GET, "a", "none", 0, 12, 13, Outcome.DONE, 200, 10));
    var verdict = verdict(Invariant.LINEARIZABLE);
    assertThat(verdict.verdict()).isEqualTo(Verdict.OPEN);
    assertThat(verdict.note()).contains("undecided");
    assertThat(verdict(Invariant.NO_ZOMBIE_READS).verdict()).isEqualTo(Verdict.OPEN);
  }

  @Test
  void pastIsAnotherThingThanALoss() {
    create("v1", 1, 5);
    history.add(new Operation(Kind.PATCH, "a", "v2", 0, 3, 4, Outcome.DONE, 200, 6));
    history.add(new Operation(Kind.GET, "a", "v1", 0, 5, 6, Outcome.DONE, 200, 5));
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(verdict(Invariant.NO_ZOMBIE_READS).verdict()).isEqualTo(Verdict.OPEN);
    history.add(new Operation(Kind.GET, "a", "v2", 0, 7, 8, Outcome.DONE, 200, 6));
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(verdict(Invariant.NO_ZOMBIE_READS).verdict()).isEqualTo(Verdict.BROKEN);
  }

  @Test
  void whatSomebodyMayHaveDeletedIsNotLost() {
    create("v1", 1, 5);
    history.add(new Operation(Kind.DELETE, "a", "", 0, 3, Long.MAX_VALUE, Outcome.UNKNOWN, 0, 0));
    history.add(new Operation(Kind.GET, "a", "", 0, 10, 11, Outcome.REFUSED, 404, 0));
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void whatWasReadIsThereAfterEverybodyWasKilled() {
    history.add(new Operation(Kind.GET, "a", "v2", 0, 1, 2, Outcome.DONE, 200, 6));
    history.add(new Operation(Kind.GET, "a", "v1", 0, 20, 21, Outcome.DONE, 200, 5));
    assertThat(new AuditVerdicts(history, List.of()).of(Invariant.READS_ARE_DURABLE)).isEmpty();
    assertThat(
            new AuditVerdicts(history, List.of(10L))
                .of(Invariant.READS_ARE_DURABLE)
                .orElseThrow()
                .offences())
        .singleElement()
        .satisfies(offence -> assertThat(offence.operations()).hasSize(2));
  }

  @Test
  void staleListIsAnotherThingThanAWrongOne() {
    create("v1", 1, 5);
    history.add(new Listed(10, 11, 4, Map.of()));
    assertThat(verdict(Invariant.LISTS_ARE_FRESH).verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(verdict(Invariant.LISTS_ARE_EXACT).verdict()).isEqualTo(Verdict.HELD);
  }

  @Test
  void nothingIsSaidOfWhatNobodyDid() {
    create("v1", 1, 5);
    var audit = new AuditVerdicts(history, List.of());
    assertThat(audit.of(Invariant.WATCHES_MISS_NOTHING)).isEmpty();
    assertThat(audit.of(Invariant.ONE_WINNER)).isEmpty();
    assertThat(audit.of(Invariant.CONTROLLERS_SETTLE)).isEmpty();
  }
}
