package dev.troupe.persistence.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.LinkedHashMap;
import java.util.Map;

/// One value of everything that is stored. The golden files hold these: they never change, new ones
/// are added.
final class Samples {

  private static final TypeRef DEPLOYMENTS = new TypeRef("apps", "deployments");
  private static final PartitionId PARTITION = new PartitionId(DEPLOYMENTS, 3);

  static final EventRecord BY_USER =
      new EventRecord(
          PARTITION,
          7,
          115_964_117_012_515_843L,
          0,
          1,
          EventRecord.Type.CREATED,
          new ResourceKey(DEPLOYMENTS, "default", "web"),
          "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99",
          "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"}}".getBytes(UTF_8),
          Map.of(),
          Map.of(),
          WriteCause.user("ada", "kubectl/v1.36.0 (linux/amd64)", "create"),
          "",
          1_769_000_000_123L);

  static final EventRecord BY_CONTROLLER =
      new EventRecord(
          new PartitionId(TypeRef.core("pods"), 0),
          8,
          115_964_117_012_516_096L,
          115_964_117_012_515_840L,
          12,
          EventRecord.Type.DELETED,
          new ResourceKey(new TypeRef("other.example", "pods"), "größe", "w".repeat(200)),
          "",
          new byte[0],
          Map.of("app", "web"),
          Map.of("spec.nodeName", "node-1"),
          WriteCause.controller(
              "replicaset",
              "scale down",
              new ResourceKey(new TypeRef("apps", "replicasets"), "default", "web-1"),
              115_964_117_012_515_840L),
          "replicaset/web-1/3",
          -1);

  static final EventRecord BY_PLATFORM =
      new EventRecord(
          new PartitionId(TypeRef.core("namespaces"), 255),
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE,
          EventRecord.Type.UPDATED,
          new ResourceKey(TypeRef.core("namespaces"), "", "kube-system"),
          "u",
          new byte[] {0, 127, -128, -1},
          Map.of("a", "", "b", "2", "", "3"),
          Map.of(),
          WriteCause.platform("bootstrap", "first start"),
          "",
          0);

  private Samples() {}

  /// By the name of the golden file.
  static Map<String, Object> all() {
    var samples = new LinkedHashMap<String, Object>();
    samples.put("event-by-user.1", BY_USER);
    samples.put("event-by-controller.1", BY_CONTROLLER);
    samples.put("event-by-platform.1", BY_PLATFORM);
    samples.put(
        "partition-state.1",
        new PartitionState(
            PARTITION, 9, true, true, 42L << 16, Map.of("ceiling", new byte[] {1, 2})));
    samples.put("partition-closed.1", new PartitionState(PARTITION, 9, false, false, 0, Map.of()));
    samples.put(
        "partition-state.2",
        new PartitionState(
            PARTITION, 9, true, false, 42L << 16, Map.of("ceiling", new byte[] {1, 2})));
    samples.put("partition-unclean.2", new PartitionState(PARTITION, 9, false, true, 0, Map.of()));
    samples.put("facts-set.1", new FactsSet(PARTITION, Map.of("gone", new byte[0])));
    samples.put("collection-state.1", new CollectionState(DEPLOYMENTS, 4, 42L << 16));
    samples.put("pruned.1", new Pruned(DEPLOYMENTS, 1_769_000_000_123L, 2_592_000_000L, 1_000));
    samples.put(
        "removed.1",
        new Removed(
            DEPLOYMENTS,
            115_964_117_012_516_096L,
            new long[] {
              115_964_117_012_515_840L, 115_964_117_012_515_843L, 115_964_117_812_516_096L
            }));
    samples.put("trimmed.1", new Trimmed(17));
    return samples;
  }
}
