package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.resource.logic.ResourceState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.version.VersionClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The resources of a world: decided on by the same logic as in production, kept in a list of
/// events.
public final class WorldStore {

  private static final int MAX_BYTES = 3 << 20;
  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");

  /// One change, as watchers get it.
  ///
  /// @param before null if there was no such object
  record Event(EventRecord event, StoredResource resource, @Nullable StoredResource before) {
    boolean deleted() {
      return event.type() == EventRecord.Type.DELETED;
    }
  }

  private final ResourceRegistry registry;
  private final Mutator mutator;
  private final InstantSource time;
  private final Map<TypeRef, ResourceLogic> logics = new HashMap<>();
  private final Map<TypeRef, VersionClock<String>> clocks = new HashMap<>();
  private final Map<ResourceKey, ResourceState> states = new HashMap<>();
  private final Map<TypeRef, Map<ResourceKey, StoredResource>> living = new HashMap<>();
  private final List<Event> log = new ArrayList<>();
  private final Set<String> closedNamespaces = new HashSet<>();
  private final List<Consumer<Event>> watchers = new ArrayList<>();

  WorldStore(ResourceRegistry registry, Mutator mutator, InstantSource time) {
    this.registry = registry;
    this.mutator = mutator;
    this.time = time;
  }

  void watch(Consumer<Event> watcher) {
    watchers.add(watcher);
  }

  WriteReply write(WriteRequest request) {
    var key = request.mutation().key();
    var state = states.getOrDefault(key, ResourceState.unknown(0));
    var logic = logics.computeIfAbsent(key.type(), this::logic);
    var namespaceUid = request.mutation().facts().namespaceUid();
    var closed =
        namespaceUid != null && closedNamespaces.contains(namespaceUid)
            ? Order.Shut.NAMESPACE
            : Order.Shut.NOTHING;
    var order = new Order(1, request, _ -> {}, closed);
    return switch (logic.decide(state, order, now())) {
      case ResourceEffect.Answer(_, var reply, _) -> reply;
      case Draft draft -> {
        long version = version(key, request.seen());
        var event = draft.event(new PartitionId(key.type(), 0), 1, version);
        store(event, draft.resource(event));
        yield draft.reply(version, event.body());
      }
    };
  }

  /// Makes the object what it is said to be, whatever may be said against it: a test begins with
  /// it.
  ///
  /// @param object with its uid; null to delete it
  void place(ResourceKey key, @Nullable ObjectNode object) {
    var state = states.getOrDefault(key, ResourceState.unknown(0));
    long version = version(key, 0);
    byte[] body = object == null ? state.json() : body(object, version);
    var type = EventRecord.Type.DELETED;
    if (object != null) {
      type = state.exists() ? EventRecord.Type.UPDATED : EventRecord.Type.CREATED;
    }
    var entry = IndexEntryReader.of(registry.find(key.type()).orElseThrow()).read(body);
    var event =
        new EventRecord(
            new PartitionId(key.type(), 0),
            1,
            version,
            state.version(),
            state.sequence() + 1,
            type,
            key,
            entry.uid(),
            body,
            Map.of(),
            Map.of(),
            WriteCause.user("test", "", "place"),
            "",
            time.millis());
    store(event, StoredResource.of(key, version, body, entry));
  }

  private static byte[] body(ObjectNode object, long version) {
    var placed = object.deepCopy();
    ((ObjectNode) placed.get("metadata")).put("resourceVersion", Long.toString(version));
    return ControllerJson.bytes(placed);
  }

  private long version(ResourceKey key, long seen) {
    var clock = clocks.computeIfAbsent(key.type(), _ -> new VersionClock<>(0, 0, 0, time));
    long version = clock.take(seen, key.name());
    clock.release(version);
    return version;
  }

  private void store(EventRecord event, StoredResource resource) {
    var key = event.key();
    states.put(key, states.getOrDefault(key, ResourceState.unknown(0)).apply(event));
    var collection = living.computeIfAbsent(key.type(), _ -> new TreeMap<>(ORDER));
    var before =
        event.type() == EventRecord.Type.DELETED
            ? collection.remove(key)
            : collection.put(key, resource);
    var stored = new Event(event, resource, before);
    log.add(stored);
    watchers.forEach(watcher -> watcher.accept(stored));
  }

  private static final java.util.Comparator<ResourceKey> ORDER =
      java.util.Comparator.comparing(ResourceKey::namespace).thenComparing(ResourceKey::name);

  private ResourceLogic logic(TypeRef type) {
    return new ResourceLogic(
        registry
            .find(type)
            .orElseThrow(() -> new IllegalArgumentException(type + " is not served")),
        mutator,
        MAX_BYTES);
  }

  public Optional<StoredResource> get(ResourceKey key) {
    return Optional.ofNullable(living.getOrDefault(key.type(), Map.of()).get(key));
  }

  /// The namespace that a key names.
  Optional<StoredResource> namespace(ResourceKey key) {
    return get(new ResourceKey(NAMESPACES, "", key.namespace()));
  }

  /// Empty if the namespace does not exist; null if the object is in none.
  @Nullable String namespaceUid(ResourceKey key) {
    return key.namespace().isEmpty() ? null : namespace(key).map(StoredResource::uid).orElse("");
  }

  public Iterator<StoredResource> list(TypeRef type) {
    return List.copyOf(living.getOrDefault(type, Map.of()).values()).iterator();
  }

  /// All objects, collection by collection.
  public List<StoredResource> all() {
    var all = new ArrayList<StoredResource>();
    living.values().forEach(collection -> all.addAll(collection.values()));
    return all;
  }

  /// The objects of a collection that have this name, in any namespace.
  public List<ResourceKey> named(TypeRef type, String name) {
    return living.getOrDefault(type, Map.of()).keySet().stream()
        .filter(key -> key.name().equals(name))
        .toList();
  }

  /// The objects of a collection that have changed between two versions, as they were before.
  List<Earlier> changed(TypeRef type, long after, long upTo) {
    var before = new HashMap<ResourceKey, @Nullable StoredResource>();
    var changed = new LinkedHashMap<ResourceKey, Earlier>();
    for (var one : log) {
      var key = one.event().key();
      if (!key.type().equals(type) || one.event().version() > upTo) {
        continue;
      }
      if (one.event().version() > after) {
        changed.putIfAbsent(key, new Earlier(key, before.get(key)));
      }
      before.put(key, one.deleted() ? null : one.resource());
    }
    return List.copyOf(changed.values());
  }

  /// The version of the newest event of a collection.
  long version(TypeRef type) {
    long version = 0;
    for (var one : log) {
      if (one.event().key().type().equals(type)) {
        version = one.event().version();
      }
    }
    return version;
  }

  void closeNamespace(String uid) {
    closedNamespaces.add(uid);
  }

  List<Event> log() {
    return log;
  }

  private Instant now() {
    return time.instant();
  }
}
