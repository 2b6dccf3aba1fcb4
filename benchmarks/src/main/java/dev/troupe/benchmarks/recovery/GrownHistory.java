package dev.troupe.benchmarks.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes many config maps, and their history, straight into the store of a server that does not
/// run: event 1 of all objects, then event 2, and so on.
public final class GrownHistory implements LoadTarget {

  /// The field of an object's data that tells which of its events it is from.
  static final String EVENT = "event";

  private static final PartitionId PARTITION = new PartitionId(TypeRef.core("configmaps"), 0);
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "update");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final EmbeddedEventStore store;
  private final Opened opened;
  private final ObjectNode template;
  private final int objects;
  private final long first;
  private final LongAdder payload = new LongAdder();

  /// @param template an object as the server has stored one
  public GrownHistory(Path directory, ObjectNode template, int objects) {
    this.template = template;
    this.objects = objects;
    store = open(directory);
    opened = store.open(PARTITION).toCompletableFuture().join();
    first = Math.max(opened.highestVersion(), Version.atMillis(System.currentTimeMillis()));
  }

  static EmbeddedEventStore open(Path directory) {
    var settings = EmbeddedSettings.from(ConfigFactory.load());
    return EmbeddedEventStore.open(directory, settings, InstantSource.system(), _ -> {});
  }

  @Override
  public CompletionStage<?> store(long number) {
    var event = event((number - 1) % objects, (number - 1) / objects + 1);
    payload.add(event.body().length);
    var group = new Group(PARTITION, opened.epoch(), List.of(event), Map.of());
    return store.append(List.of(group)).thenAccept(GrownHistory::checkStored);
  }

  private static void checkStored(List<Outcome> outcomes) {
    if (outcomes.getFirst() != Outcome.STORED) {
      throw new IllegalStateException("not stored: " + outcomes);
    }
  }

  private EventRecord event(long object, long sequence) {
    long version = version(object, sequence);
    var uid = new UUID(0, object).toString();
    var name = "object-" + object;
    return new EventRecord(
        PARTITION,
        opened.epoch(),
        version,
        sequence == 1 ? Version.NONE : version(object, sequence - 1),
        sequence,
        sequence == 1 ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED,
        new ResourceKey(PARTITION.collection(), "default", name),
        uid,
        body(name, uid, version, sequence),
        sequence == 1 ? Map.of() : Map.of("app", "bench"),
        Map.of(),
        CAUSE,
        "",
        Version.millis(version));
  }

  private long version(long object, long sequence) {
    return Version.next(first + ((sequence - 1) * objects + object) * Version.STEP, 0);
  }

  private byte[] body(String name, String uid, long version, long sequence) {
    var object = template.deepCopy();
    object
        .withObject("/metadata")
        .put("name", name)
        .put("uid", uid)
        .put("resourceVersion", Version.format(version));
    object.withObject("/data").put(EVENT, Long.toString(sequence));
    return JSON.writeValueAsString(object).getBytes(UTF_8);
  }

  /// The bytes of all objects so far.
  long payload() {
    return payload.sum();
  }

  @Override
  public long syncs() {
    return store.commits();
  }

  @Override
  public void close() {
    store.close();
  }
}
