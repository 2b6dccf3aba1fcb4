package dev.troupe.testkit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import org.junit.jupiter.api.Test;

/// Histories of one object that are easy to think through.
class ObjectAuditTest {

  private static final long NEVER = Long.MAX_VALUE;

  private final ClientHistory history = new ClientHistory();

  private void done(
      Kind kind, String value, long precondition, long start, long end, long version) {
    history.add(
        new Operation(kind, "k", value, precondition, start, end, Outcome.DONE, 200, version));
  }

  private void refused(Kind kind, long precondition, long start, long end, int code) {
    history.add(new Operation(kind, "k", "", precondition, start, end, Outcome.REFUSED, code, 0));
  }

  private void unanswered(Kind kind, String value, long start) {
    history.add(new Operation(kind, "k", value, 0, start, NEVER, Outcome.UNKNOWN, 0, 0));
  }

  private boolean passes() {
    return Audit.of(history).isEmpty();
  }

  @Test
  void readBehindAWriteSeesIt() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    done(Kind.GET, "a", 0, 3, 4, 10);
    assertThat(passes()).isTrue();
    done(Kind.PATCH, "b", 0, 5, 6, 11);
    done(Kind.GET, "a", 0, 7, 8, 10);
    assertThat(passes()).isFalse();
  }

  @Test
  void readBesideAWriteSeesEither() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    done(Kind.PATCH, "b", 0, 3, 9, 11);
    done(Kind.GET, "a", 0, 4, 5, 10);
    done(Kind.GET, "b", 0, 6, 7, 11);
    assertThat(passes()).isTrue();
    done(Kind.GET, "a", 0, 8, 9, 10);
    assertThat(passes()).isFalse();
  }

  @Test
  void unansweredWriteMayTakeEffectAnyTimeOrNever() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    unanswered(Kind.PATCH, "b", 3);
    done(Kind.GET, "a", 0, 10, 11, 10);
    assertThat(passes()).isTrue();
    done(Kind.GET, "b", 0, 20, 21, 12);
    assertThat(passes()).isTrue();
    done(Kind.GET, "a", 0, 30, 31, 10);
    assertThat(passes()).isFalse();
  }

  @Test
  void unansweredWriteTakesEffectBeforeTheServerEndsOrNever() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    unanswered(Kind.PATCH, "b", 3);
    unanswered(Kind.PATCH, "c", 4);
    history.add(new ServerEnded(5));
    done(Kind.GET, "b", 0, 10, 11, 12);
    unanswered(Kind.PATCH, "d", 12);
    history.add(new ServerEnded(13));
    done(Kind.GET, "d", 0, 20, 21, 13);
    assertThat(passes()).isTrue();
    done(Kind.GET, "c", 0, 30, 31, 14);
    assertThat(passes()).isFalse();
  }

  @Test
  void unansweredWriteOfALivingServerStaysOpen() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    history.add(new ServerEnded(3));
    unanswered(Kind.PATCH, "b", 4);
    done(Kind.GET, "a", 0, 10, 11, 10);
    done(Kind.GET, "b", 0, 20, 21, 12);
    assertThat(passes()).isTrue();
  }

  @Test
  void anyNumberOfUnansweredWritesThatNobodyHasSeenIsNoHindrance() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    for (int i = 0; i < 200; i++) {
      unanswered(Kind.PATCH, "unseen" + i, 3);
    }
    unanswered(Kind.PATCH, "b", 4);
    done(Kind.GET, "b", 0, 10, 11, 12);
    assertThat(passes()).isTrue();
    done(Kind.GET, "a", 0, 20, 21, 10);
    assertThat(passes()).isFalse();
  }

  /// As of a lease whose holder has not got through for a while.
  @Test
  void anyNumberOfUnansweredUpdatesThatNobodyHasSeenIsNoHindrance() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    for (int i = 0; i < 60; i++) {
      long start = 10L * i + 3;
      history.add(
          new Operation(Kind.UPDATE, "k", "u" + i, 10, start, NEVER, Outcome.UNKNOWN, 0, 0));
      done(Kind.GET, "a", 0, start + 1, start + 2, 10);
    }
    refused(Kind.UPDATE, 10, 700, 701, 409);
    done(Kind.GET, "u30", 0, 702, 703, 17);
    done(Kind.UPDATE, "b", 17, 704, 705, 18);
    assertThat(passes()).isTrue();
    done(Kind.GET, "u31", 0, 706, 707, 19);
    assertThat(passes()).isFalse();
  }

  @Test
  void ofTwoWritersThatDemandOneVersionOneWins() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    done(Kind.UPDATE, "b", 10, 3, 9, 11);
    refused(Kind.UPDATE, 10, 4, 8, 409);
    assertThat(passes()).isTrue();
    done(Kind.UPDATE, "c", 10, 5, 7, 12);
    assertThat(passes()).isFalse();
  }

  @Test
  void refusalMustHaveAReason() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    refused(Kind.CREATE, 0, 3, 4, 409);
    assertThat(passes()).isTrue();
    refused(Kind.PATCH, 0, 5, 6, 404);
    assertThat(passes()).isFalse();
  }

  @Test
  void deletedObjectStaysAway() {
    done(Kind.CREATE, "a", 0, 1, 2, 10);
    done(Kind.DELETE, "", 0, 3, 4, 11);
    refused(Kind.GET, 0, 5, 6, 404);
    assertThat(passes()).isTrue();
    done(Kind.GET, "a", 0, 7, 8, 10);
    assertThat(passes()).isFalse();
  }
}
