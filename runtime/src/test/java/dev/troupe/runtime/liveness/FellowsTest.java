package dev.troupe.runtime.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.liveness.logic.LivenessEffect.Why;
import dev.troupe.runtime.wire.WireVersions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whom letters about leases still go to.
class FellowsTest {

  private static final MemberId SELF = new MemberId("127.0.0.1:1", 1);
  private static final MemberId OTHER = new MemberId("127.0.0.1:2", 2);

  /// Without a port for probes, nobody is connected to.
  private static final Introduction UNPROBED =
      new Introduction("1.0", WireVersions.OURS, 0, 0, "here", "", 0, 0, Map.of(), 0, 0);

  private final TestInbox<Letter> desk = TestInbox.create();
  private final Probes probes =
      new Probes(
          Duration.ofHours(1),
          new Probes.Witness() {
            @Override
            public void connected(MemberId member) {}

            @Override
            public void refused(MemberId member) {}
          });
  private final Fellows fellows = new Fellows(SELF, _ -> desk.getRef(), probes);

  @AfterEach
  void close() {
    probes.close();
  }

  private static Roll roll(MemberId... members) {
    return Roll.NONE.next(Set.of(members));
  }

  private void write() {
    fellows.vote(OTHER, SELF, Why.SILENT);
  }

  @Test
  void whoeverHasComeIsWrittenToBeforeItIsInTheRoll() {
    fellows.met(OTHER, UNPROBED);
    fellows.acting(roll(SELF));

    write();

    assertThat(desk.receiveMessage().message()).isInstanceOf(GatewayMessage.VotedDown.class);
  }

  @Test
  void whoeverHasPartedIsWrittenToUntilTheRollIsWithoutIt() {
    fellows.met(OTHER, UNPROBED);
    fellows.acting(roll(SELF, OTHER));
    fellows.parted(OTHER);

    write();
    assertThat(desk.receiveMessage().from()).isEqualTo(SELF);

    fellows.acting(roll(SELF));
    write();
    assertThat(desk.hasMessages()).isFalse();
  }

  @Test
  void whoeverPartsAfterItHasLeftTheRollIsForgottenAtOnce() {
    fellows.met(OTHER, UNPROBED);
    fellows.acting(roll(SELF));
    fellows.parted(OTHER);

    write();

    assertThat(desk.hasMessages()).isFalse();
  }
}
