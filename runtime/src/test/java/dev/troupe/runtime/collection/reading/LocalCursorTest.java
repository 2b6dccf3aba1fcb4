package dev.troupe.runtime.collection.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalCursorTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");
  private static final ListQuery ALL = ListQuery.of(TYPE, null);
  private static final ListQuery B = ListQuery.of(TYPE, "b");

  /// Three in each of three namespaces, ten bytes each.
  private final Root root = new Root(Index.of(entries()), 7, 0);

  private static List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (var namespace : List.of("a", "b", "c")) {
      for (var name : List.of("one", "three", "two")) {
        var key = new ResourceKey(TYPE, namespace, name);
        var resource = new StoredResource(key, "u", 1, new byte[10], Map.of(), Map.of(), List.of());
        entries.add(new Entry(resource, EventRecord.Type.CREATED, 1, "", 0));
      }
    }
    return entries;
  }

  private void lists(ListQuery query, long count, String... names) {
    var cursor = new LocalCursor(root, query);
    assertThat(cursor.version()).isEqualTo(7);
    assertThat(cursor.count()).isEqualTo(count);
    var found = new ArrayList<String>();
    var pull = new Pull(cursor);
    assertThat(pull.each(item -> found.add(item.key().toString()), Runnable::run)).isCompleted();
    assertThat(pull.isLast()).isTrue();
    assertThat(found)
        .isEqualTo(
            List.of(names).stream()
                .map(name -> name.split("/", 2))
                .map(parts -> new ResourceKey(TYPE, parts[0], parts[1]).toString())
                .toList());
  }

  @Test
  void listIsWhatTheQueryAsksFor() {
    lists(
        ALL, 9, "a/one", "a/three", "a/two", "b/one", "b/three", "b/two", "c/one", "c/three",
        "c/two");
    lists(B, 3, "b/one", "b/three", "b/two");
    lists(ALL.behind(new Position("b", "two")), 3, "c/one", "c/three", "c/two");
    lists(B.behind(new Position("b", "one")), 2, "b/three", "b/two");
    lists(ListQuery.of(TYPE, "none"), 0);
  }

  @Test
  void oneNameIsListedAsWhatThereIsOfIt() {
    lists(B.of("two"), 1, "b/two");
    lists(B.of("four"), 1);
    lists(B.of("two").behind(new Position("b", "one")), 1);
  }

  @Test
  void weightIsThatOfTheNamespace() {
    assertThat(new LocalCursor(root, ALL).weight()).isEqualTo(90);
    assertThat(new LocalCursor(root, B.of("two")).weight()).isEqualTo(30);
  }
}
