package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final ResourceKey KEY =
      new ResourceKey(TypeRef.core("configmaps"), "default", "main");
  private static final PartitionId PARTITION =
      new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "test"), 0);
  private static final WriteCause CAUSE = WriteCause.controller("test", "created", KEY, 1);
  private static final ObjectState STATE = ObjectState.fresh("test", KEY, "u");

  @Test
  void decisionThatCannotBeReadIsFollowedByTheNext() {
    var first = event(Memory.NOTHING, 10);
    var bytes = new String(StateFormat.encode(STATE), java.nio.charset.StandardCharsets.UTF_8);
    var newer =
        bytes
            .replace("\"format\":1", "\"format\":99")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    var memory =
        Memory.of(
            new EventRecord(
                first.partition(),
                first.epoch(),
                first.version(),
                first.previousVersion(),
                first.sequence(),
                first.type(),
                first.key(),
                first.uid(),
                newer,
                first.previousLabels(),
                first.previousFields(),
                first.cause(),
                first.mutationKey(),
                first.timeMillis()));

    assertThat(memory.state()).isNull();
    assertThat(memory.illegible()).contains("format 99");
    var next = event(memory, 11);
    assertThat(next.type()).isEqualTo(EventRecord.Type.UPDATED);
    assertThat(next.sequence()).isEqualTo(first.sequence() + 1);
  }

  private static EventRecord event(Memory memory, long version) {
    return memory.event(PARTITION, 1, KEY, version, STATE, "u", CAUSE, 0);
  }
}
