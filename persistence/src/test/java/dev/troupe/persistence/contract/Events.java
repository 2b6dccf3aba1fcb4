package dev.troupe.persistence.contract;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Events for tests: what matters is said, the rest is plausible.
public final class Events {

  public static final TypeRef PODS = TypeRef.core("pods");
  public static final PartitionId PARTITION = new PartitionId(PODS, 0);
  public static final PartitionId OTHER = new PartitionId(new TypeRef("apps", "deployments"), 0);

  private static final WriteCause CAUSE = WriteCause.user("ada", "kubectl/v1.36", "create");

  private Events() {}

  /// The version that a partition issues in its `n`th millisecond.
  public static long version(PartitionId partition, long n) {
    return Version.next(Version.atMillis(n), partition.number());
  }

  public static EventRecord created(PartitionId partition, long epoch, long n, String name) {
    return event(partition, epoch, n, name, EventRecord.Type.CREATED, 1);
  }

  public static EventRecord updated(
      PartitionId partition, long epoch, long n, String name, long sequence) {
    return event(partition, epoch, n, name, EventRecord.Type.UPDATED, sequence);
  }

  public static EventRecord deleted(
      PartitionId partition, long epoch, long n, String name, long sequence) {
    return event(partition, epoch, n, name, EventRecord.Type.DELETED, sequence);
  }

  public static EventRecord event(
      PartitionId partition,
      long epoch,
      long n,
      String name,
      EventRecord.Type type,
      long sequence) {
    return event(partition, epoch, n, name, type, sequence, n + "");
  }

  /// One that is created, with a body of so many bytes more than the others have.
  static EventRecord large(long n, String name, int bytes) {
    var filled = "\"" + "x".repeat(bytes) + "\"";
    return event(PARTITION, 1, n, name, EventRecord.Type.CREATED, 1, filled);
  }

  private static EventRecord event(
      PartitionId partition,
      long epoch,
      long n,
      String name,
      EventRecord.Type type,
      long sequence,
      String content) {
    var body = "{\"metadata\":{\"name\":\"" + name + "\"},\"n\":" + content + "}";
    return new EventRecord(
        partition,
        epoch,
        version(partition, n),
        0,
        sequence,
        type,
        key(partition, name),
        "uid-" + name,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("app", name),
        Map.of("spec.nodeName", ""),
        CAUSE,
        "",
        n);
  }

  public static ResourceKey key(PartitionId partition, String name) {
    return new ResourceKey(partition.collection(), "default", name);
  }

  public static Group group(EventRecord... events) {
    return new Group(events[0].partition(), events[0].epoch(), List.of(events), Map.of());
  }
}
