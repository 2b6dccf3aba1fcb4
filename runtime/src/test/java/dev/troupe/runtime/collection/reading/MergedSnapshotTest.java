package dev.troupe.runtime.collection.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A merged state shows what one partition with everything in it would.
class MergedSnapshotTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");
  private static final List<String> NAMESPACES = List.of("", "a", "a-b", "aa", "b", "c", "d");
  private static final int EACH = 30;
  private static final long VERSION = 7;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void mergedStateIsThatOfOnePartition(int count) {
    var merged = merged(count);
    var whole = new Root(Index.of(entries(1, 0)), VERSION, 0);

    assertThat(merged.version()).isEqualTo(VERSION);
    assertThat(merged.size()).isEqualTo(whole.size());
    assertThat(merged.weight(null)).isEqualTo(whole.weight(null));
    assertThat(keys(merged.iterate(null, null))).isEqualTo(keys(whole.iterate(null, null)));
    for (var namespace : NAMESPACES) {
      assertThat(keys(merged.iterate(namespace, null)))
          .isEqualTo(keys(whole.iterate(namespace, null)));
      assertThat(merged.weight(namespace)).isEqualTo(whole.weight(namespace));
      assertThat(merged.get(namespace, "n07").map(StoredResource::key))
          .isEqualTo(whole.get(namespace, "n07").map(StoredResource::key))
          .isPresent();
    }
    assertThat(merged.get("a", "other")).isEmpty();
  }

  /// A list in pages goes on wherever the page before has ended.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPageGoesOnBehindTheOneBefore(int count) {
    var merged = merged(count);
    var whole = new Root(Index.of(entries(1, 0)), VERSION, 0);
    for (var namespace : NAMESPACES) {
      for (var name : List.of("m", "n00", "n07", "n07x", "n29", "z")) {
        var after = new Position(namespace, name);
        for (var within : new @Nullable String[] {null, namespace}) {
          assertThat(keys(merged.iterate(within, after)))
              .isEqualTo(keys(whole.iterate(within, after)));
          assertThat(merged.countAfter(within, after)).isEqualTo(whole.countAfter(within, after));
        }
      }
    }
  }

  private static MergedSnapshot merged(int count) {
    var parts = new ArrayList<Root>();
    for (int number = 0; number < count; number++) {
      parts.add(new Root(Index.of(entries(count, number)), VERSION, 0));
    }
    return new MergedSnapshot(VERSION, parts);
  }

  /// Those that one of several partitions has.
  private static List<Entry> entries(int count, int number) {
    var placement = new Placement(Map.of(TYPE, count));
    var entries = new ArrayList<Entry>();
    for (var namespace : NAMESPACES) {
      for (int i = 0; i < EACH; i++) {
        var key = new ResourceKey(TYPE, namespace, "n%02d".formatted(i));
        if (placement.of(key).number() == number) {
          var resource =
              new StoredResource(key, "u", 1, new byte[i], Map.of(), Map.of(), List.of());
          entries.add(new Entry(resource, EventRecord.Type.CREATED, 1, "", 0));
        }
      }
    }
    return entries;
  }

  private static List<ResourceKey> keys(Iterator<StoredResource> resources) {
    var keys = new ArrayList<ResourceKey>();
    resources.forEachRemaining(resource -> keys.add(resource.key()));
    return keys;
  }
}
