package dev.troupe.runtime.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.gateway.message.GatewayMessage.OfOverviews;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.overview.SelfReport;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final MemberId ONE = new MemberId("one", 1);
  private static final MemberId TWO = new MemberId("two", 2);
  private static final MemberId STRANGER = new MemberId("stranger", 3);

  private record Sent(MemberId to, OfOverviews message) {}

  private final List<Sent> sent = new ArrayList<>();
  private final Reports reports = new Reports(() -> told("here"));

  private static OverviewTold told(String owner) {
    var id = new PartitionId(TypeRef.core("pods"), 0);
    return new OverviewTold(
        new SelfReport(
            owner,
            List.of(new PartitionReport(id, owner, true, 1, 2, 3)),
            null,
            List.of(),
            List.of()));
  }

  private void connect() {
    reports.connect(
        new Reports.Others() {
          @Override
          public Set<MemberId> all() {
            return Set.of(ONE, TWO);
          }

          @Override
          public void send(MemberId member, OfOverviews message) {
            sent.add(new Sent(member, message));
          }
        });
  }

  @Test
  void whoeverIsAloneAsksNobody() {
    assertThat(reports.ofOthers()).isCompletedWithValue(List.of());
  }

  @Test
  void allAreAskedAndWhatTheyTellIsPassedOn() {
    connect();
    var others = reports.ofOthers();
    assertThat(sent)
        .containsExactlyInAnyOrder(
            new Sent(ONE, new OverviewAsked()), new Sent(TWO, new OverviewAsked()));
    reports.on(ONE, told("one"));
    reports.on(STRANGER, told("stranger"));
    assertThat(others).isNotDone();
    reports.on(TWO, told("two"));

    assertThat(others)
        .isCompletedWithValueMatching(
            told -> told.size() == 2 && told.containsAll(List.of(told("one"), told("two"))));
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedForForLong() {
    connect();
    var others = reports.ofOthers();
    reports.on(ONE, told("one"));

    assertThat(others).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(List.of(told("one")));
  }

  @Test
  void whoeverAsksIsTold() {
    connect();
    reports.on(TWO, new OverviewAsked());

    assertThat(sent).containsExactly(new Sent(TWO, told("here")));
  }
}
