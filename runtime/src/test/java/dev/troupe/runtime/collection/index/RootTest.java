package dev.troupe.runtime.collection.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootTest {

  private static final List<String> NAMESPACES = List.of("a", "a-b", "aa", "b");
  private static final int EACH = 70;

  @ParameterizedTest
  @ValueSource(strings = {"", "n000", "n034", "n034x", "n069", "z"})
  void countsWhatAWalkWouldFind(String name) {
    var root = new Root(Index.of(entries()), 1, 0);

    for (var namespace : NAMESPACES) {
      var after = new Position(namespace, name);
      assertThat(root.countAfter(null, after)).isEqualTo(walked(root, null, after));
      assertThat(root.countAfter(namespace, after)).isEqualTo(walked(root, namespace, after));
    }
  }

  @Test
  void weighsWhatAWalkWouldFind() {
    var root = new Root(Index.of(entries()), 1, 0);

    assertThat(root.weight(null)).isEqualTo(weighed(root.iterate(null, null)));
    for (var namespace : NAMESPACES) {
      assertThat(root.weight(namespace))
          .isPositive()
          .isEqualTo(weighed(root.iterate(namespace, null)));
    }
    assertThat(root.weight("ab")).isZero();
  }

  private static long weighed(Iterator<StoredResource> resources) {
    long weight = 0;
    while (resources.hasNext()) {
      weight += resources.next().json().length;
    }
    return weight;
  }

  private static int walked(Root root, @Nullable String namespace, Position after) {
    int count = 0;
    for (var rest = root.iterate(namespace, after); rest.hasNext(); rest.next()) {
      count++;
    }
    return count;
  }

  private static List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (var namespace : NAMESPACES) {
      for (int number = 0; number < EACH; number++) {
        var key = new ResourceKey(TypeRef.core("configmaps"), namespace, "n%03d".formatted(number));
        var resource =
            new StoredResource(key, "u", 1, new byte[number], Map.of(), Map.of(), List.of());
        entries.add(new Entry(resource, EventRecord.Type.CREATED, 1, "", 0));
      }
    }
    return entries;
  }
}
