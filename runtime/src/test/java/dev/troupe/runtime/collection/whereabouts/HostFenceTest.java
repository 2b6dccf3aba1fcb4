package dev.troupe.runtime.collection.whereabouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Which writes of controllers are taken.
class HostFenceTest {

  private static final WriteRequest REQUEST = Writes.at(Instant.EPOCH).create("a", "1");

  private boolean covered = true;
  private final HostFence fence = new HostFence(() -> covered);

  @Test
  void olderEpochWritesNothingAfterANewerOne() {
    assertThat(fence.objection(of("one", 1))).isEmpty();
    assertThat(fence.objection(of("one", 2))).isEmpty();

    assertThat(fence.objection(of("one", 1))).map(Refusal::reason).contains(StatusReason.FORBIDDEN);
    assertThat(fence.objection(of("one", 2))).isEmpty();
  }

  @Test
  void hostsDoNotKeepEachOtherFromWriting() {
    assertThat(fence.objection(of("one", 7))).isEmpty();

    assertThat(fence.objection(of("other", 1))).isEmpty();
  }

  @Test
  void withoutALeaseNobodyKnowsOfANewerEpoch() {
    covered = false;

    assertThat(fence.objection(of("one", 1)))
        .map(Refusal::reason)
        .contains(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(fence.objection(REQUEST)).isEmpty();
  }

  private static WriteRequest of(String controller, long epoch) {
    var host = new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0);
    return REQUEST.of(new HostIdentity(host, epoch));
  }
}
