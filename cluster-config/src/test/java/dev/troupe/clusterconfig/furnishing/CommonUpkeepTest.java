package dev.troupe.clusterconfig.furnishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommonUpkeepTest {

  private final AtomicInteger upgrades = new AtomicInteger();
  private final AtomicInteger aside = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final ObjectWrites writes =
      new ObjectWrites(
          new RecordingResources(_ -> reply()), InstantSource.fixed(Instant.EPOCH), () -> "fresh");
  private final CommonUpkeep upkeep =
      new CommonUpkeep(
          new FirstObjects(writes),
          new ApiEndpoints(
              writes, new ApiEndpoints.Place("10.0.0.1:7400", "10.0.0.1", 6443), Set::of),
          List.of(),
          upgrades::incrementAndGet,
          this::aside,
          Duration.ZERO);

  private WriteReply reply() {
    return refusals.getAndDecrement() > 0
        ? new WriteReply.Refused(Refusal.unavailable("it is moving"))
        : new WriteReply.Written(WriteReply.Outcome.UNCHANGED, new byte[0], 1, List.of());
  }

  private void aside(Runnable work) {
    aside.incrementAndGet();
    work.run();
  }

  /// Not at its start: others may be there that know less.
  @Test
  void storeIsBroughtToWhatAllMembersKnowNowAndThen() {
    upkeep.begin().toCompletableFuture().join();
    assertThat(upgrades).hasValue(0);

    upkeep.keep().toCompletableFuture().join();
    upkeep.keep().toCompletableFuture().join();
    assertThat(upgrades).hasValue(2);
    assertThat(aside).hasValue(2);
  }

  @Test
  void memberDoesNotGiveUpBecauseSomethingIsMoving() {
    refusals.set(3);

    assertThat(upkeep.begin()).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void memberGivesUpWhatIsRefusedAgainAndAgain() {
    refusals.set(Integer.MAX_VALUE);

    assertThat(upkeep.begin())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(MemberFailedException.class)
        .withMessageContaining("it is moving");
  }
}
