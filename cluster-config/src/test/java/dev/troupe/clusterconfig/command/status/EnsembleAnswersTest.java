package dev.troupe.clusterconfig.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.command.status.EnsembleAnswers.SeatState;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.instance.Instance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the members of a machine tell, put together: also of those that tell nothing.
class EnsembleAnswersTest {

  private static final Seat FIRST = new Seat("member-1", 6_444, 7_400, 7_500);
  private static final Seat SECOND = new Seat("member-2", 6_445, 7_401, 7_501);
  private static final Seat THIRD = new Seat("member-3", 6_446, 7_402, 7_502);

  /// It has been told by the second, and not by the third.
  private static SeatState telling(Seat seat) {
    var overview =
        """
        {"seenBy": "127.0.0.1:%d", "members": [
          {"address": "127.0.0.1:7400", "answers": true, "store": {"p99Millis": 10}},
          {"address": "127.0.0.1:7401", "answers": true, "store": {"p99Millis": 20}},
          {"address": "127.0.0.1:7402", "answers": false}]}
        """
            .formatted(seat.port());
    return new SeatState(
        seat,
        Optional.of(
            new AskedMember(
                Instance.starting(0),
                true,
                Optional.of(new AdminClient.Answer(200, "ok")),
                JsonMapper.shared().readTree(overview))));
  }

  private static SeatState silent(Seat seat) {
    return new SeatState(
        seat, Optional.of(new AskedMember(Instance.starting(0), true, Optional.empty(), null)));
  }

  @Test
  void storeOfOneThatIsSilentIsKnownFromThoseWhomItHasTold() {
    var silent = silent(SECOND);
    var answers = new EnsembleAnswers(List.of(silent, telling(FIRST), silent(THIRD)));

    assertThat(answers.store(silent).orElseThrow().path("p99Millis").asInt()).isEqualTo(20);
    assertThat(answers.store(answers.seats().getLast())).isEmpty();
  }

  @Test
  void whoeverSaysNothingDoesNotAnswer() {
    var state = silent(SECOND);

    assertThat(state.tells()).isFalse();
    assertThat(state.asked().orElseThrow().state()).isEqualTo("does not answer");
    assertThat(telling(FIRST).asked().orElseThrow().state()).isEqualTo("starting");
  }

  @Test
  void lagsAreThoseThatOneWhoAnswersTells() {
    var answers = new EnsembleAnswers(List.of(silent(SECOND), telling(FIRST)));

    assertThat(answers.seen("members").size()).isEqualTo(3);
    assertThat(new EnsembleAnswers(List.of(silent(SECOND))).seen("promises").isEmpty()).isTrue();
  }
}
