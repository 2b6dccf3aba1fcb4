package dev.troupe.benchmarks.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.Map;

/// What is stored: updates of 10,000 objects in turn.
final class Values {

  static final int BYTES = 1_536;
  static final TypeRef COLLECTION = TypeRef.core("configmaps");

  private static final int OBJECTS = 10_000;
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "update");

  private Values() {}

  static String name(long number) {
    return "object-" + number % OBJECTS;
  }

  /// How many values the object has had, with this one.
  static long sequence(long number) {
    return number / OBJECTS + 1;
  }

  /// The number of the object's value before this one; 0 if there is none.
  static long previous(long number) {
    return Math.max(0, number - OBJECTS);
  }

  static byte[] body() {
    return new byte[BYTES];
  }

  static Group group(PartitionId partition, long epoch, long number) {
    return new Group(partition, epoch, List.of(event(partition, epoch, number)), Map.of());
  }

  static EventRecord event(PartitionId partition, long epoch, long number) {
    return new EventRecord(
        partition,
        epoch,
        Version.atMillis(number),
        Version.atMillis(previous(number)),
        sequence(number),
        EventRecord.Type.UPDATED,
        new ResourceKey(partition.collection(), "default", name(number)),
        "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99",
        body(),
        Map.of("app", "bench"),
        Map.of(),
        CAUSE,
        "",
        number);
  }

  static void checkStored(List<Outcome> outcomes) {
    if (outcomes.getFirst() != Outcome.STORED) {
      throw new IllegalStateException("not stored: " + outcomes);
    }
  }
}
