package dev.troupe.testkit.experiment.run;

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
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditVerdictsTest {

  private final ClientHistory history = new ClientHistory();

  private void create(String value, long at, long version) {
    history.add(new Operation(Kind.CREATE, "a", value, 0, at, at + 1, Outcome.DONE, 201, version));
  }

  private InvariantVerdict verdict(Invariant invariant) {
    return new AuditVerdicts(history).of(invariant).orElseThrow();
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
        .satisfies(offence -> assertThat(offence.what()).contains("GET a", "404"));
    assertThat(verdict(Invariant.ACKNOWLEDGED_WRITES_STAY).verdict()).isEqualTo(Verdict.OPEN);
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
    var audit = new AuditVerdicts(history);
    assertThat(audit.of(Invariant.WATCHES_MISS_NOTHING)).isEmpty();
    assertThat(audit.of(Invariant.ONE_WINNER)).isEmpty();
    assertThat(audit.of(Invariant.CONTROLLERS_SETTLE)).isEmpty();
  }
}
