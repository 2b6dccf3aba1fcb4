package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many partitions collections are to have: `troupe.runtime.partitions`.
///
/// @param standard of collections that are new to the store and not named
/// @param unlessStored by type: of collections that are new to the store
/// @param named by type: new to the store or not
record PartitionCounts(
    int standard, Map<TypeRef, Integer> unlessStored, Map<TypeRef, Integer> named) {

  private static final String PATH = "troupe.runtime.partitions";
  private static final String STANDARD = "default";
  private static final String UNLESS_STORED = "unless-stored";
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(30);

  /// @throws IllegalArgumentException if what is configured cannot be
  static PartitionCounts from(Config config) {
    if (config.hasPath(PATH + "-per-collection")) {
      throw new IllegalArgumentException(
          PATH + "-per-collection is now called " + PATH + "." + STANDARD);
    }
    var partitions = config.getConfig(PATH);
    return new PartitionCounts(
        count(partitions, STANDARD),
        byType(partitions.getConfig(UNLESS_STORED)),
        byType(partitions.withoutPath(STANDARD).withoutPath(UNLESS_STORED)));
  }

  private static Map<TypeRef, Integer> byType(Config counts) {
    Map<TypeRef, Integer> byType = new HashMap<>();
    for (var entry : counts.entrySet()) {
      // The dots of a group separate levels unless they are quoted, and properties cannot be.
      var name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      byType.put(TypeRef.parse(name), count(counts, entry.getKey()));
    }
    return Map.copyOf(byType);
  }

  private static int count(Config partitions, String path) {
    int count = partitions.getInt(path);
    if (count < 1 || count > Version.MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "%s.%s is %d: it must be from 1 to %d"
              .formatted(PATH, path, count, Version.MAX_PARTITIONS));
    }
    return count;
  }

  /// Fixes the counts in the store, and learns those that are fixed already.
  ///
  /// @throws IllegalArgumentException if another count is configured than is stored
  Placement placement(ResourceRegistry registry, EventStore store) {
    var types =
        registry.all().stream()
            .filter(ResourceType::stored)
            .map(ResourceType::ref)
            .collect(Collectors.toSet());
    requireKnown(types);
    return new Placement(
        types.stream().collect(Collectors.toMap(type -> type, type -> awaited(type, store))));
  }

  /// A group of which no type is known may be that of types that are yet to be defined.
  private void requireKnown(Set<TypeRef> types) {
    var groups = types.stream().map(TypeRef::group).collect(Collectors.toSet());
    Stream.concat(named.keySet().stream(), unlessStored.keySet().stream())
        .filter(type -> !types.contains(type) && groups.contains(type.group()))
        .findFirst()
        .ifPresent(type -> {
          throw new IllegalArgumentException(
              PATH + " names " + type + ", and there is no such type");
        });
  }

  private int awaited(TypeRef type, EventStore store) {
    try {
      return fixed(type, store).toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof IllegalArgumentException differs ? differs : failed;
    }
  }

  /// How many partitions a type has: as many as are stored, or from now on as many as are
  /// configured.
  ///
  /// @return fails with an `IllegalArgumentException` if another count is configured than is
  ///   stored, and if the store does not answer in time
  CompletionStage<Integer> fixed(TypeRef type, EventStore store) {
    int wanted = named.getOrDefault(type, unlessStored.getOrDefault(type, standard));
    return store
        .partitions(type, wanted)
        .toCompletableFuture()
        .copy()
        .orTimeout(STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(stored -> {
          if (named.containsKey(type) && stored != wanted) {
            throw new IllegalArgumentException(
                ("%s wants %d for %s, and the stored count is %d: what is stored lies where that"
                        + " count has put it. Set it to %d, or leave it out")
                    .formatted(PATH, wanted, type, stored, stored));
          }
          return stored;
        });
  }
}
