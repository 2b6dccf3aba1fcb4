package dev.troupe.runtime.collection.whereabouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which writes of controllers are taken.
class HostFenceTest {

  private static final WriteRequest REQUEST = Writes.at(Instant.EPOCH).create("a", "1");

  private boolean covered = true;
  private final HostFence fence = new HostFence(() -> covered);

  @Test
  void olderEpochWritesNothingAfterANewerOne() {
    assertThat(fence.objection(null, of("one", 1))).isEmpty();
    assertThat(fence.objection(null, of("one", 2))).isEmpty();

    assertThat(fence.objection(null, of("one", 1)))
        .map(Refusal::reason)
        .contains(StatusReason.FORBIDDEN);
    assertThat(fence.objection(null, of("one", 2))).isEmpty();
  }

  @Test
  void hostsDoNotKeepEachOtherFromWriting() {
    assertThat(fence.objection(null, of("one", 7))).isEmpty();

    assertThat(fence.objection(null, of("other", 1))).isEmpty();
  }

  @Test
  void withoutALeaseNobodyKnowsOfANewerEpoch() {
    covered = false;

    assertThat(fence.objection(null, of("one", 1)))
        .map(Refusal::reason)
        .contains(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(fence.objection(null, REQUEST)).isEmpty();
  }

  /// The freeze is over, and everything that it has decided before is sent.
  @Test
  void whoWasStruckFromTheRollWritesNothing() {
    var frozen = new MemberId("a:1", 1);
    var other = new MemberId("b:1", 2);
    var roll = Roll.NONE.next(Set.of(frozen, other));
    fence.acting(roll);
    assertThat(fence.objection(frozen, of("one", 1))).isEmpty();

    fence.acting(roll.next(Set.of(other)));

    assertThat(fence.objection(frozen, of("one", 1)))
        .map(Refusal::reason)
        .contains(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(fence.objection(other, of("one", 1))).isEmpty();
  }

  @Test
  void epochThatHasBegunEndsThoseBefore() {
    fence.began(
        new HostIdentity(new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "one"), 0), 3));

    assertThat(fence.objection(null, of("one", 2))).isPresent();
    assertThat(fence.objection(null, of("one", 3))).isEmpty();
  }

  private static WriteRequest of(String controller, long epoch) {
    var host = new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0);
    return REQUEST.of(new HostIdentity(host, epoch));
  }
}
