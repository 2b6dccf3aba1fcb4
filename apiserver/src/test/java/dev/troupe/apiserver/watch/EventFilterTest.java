package dev.troupe.apiserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.resources.selector.LabelSelector;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.WatchItem.Previous;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ADDED,    -,   web, ADDED",
        "ADDED,    -,   db,  -",
        "MODIFIED, web, web, MODIFIED",
        "MODIFIED, db,  web, ADDED",
        "MODIFIED, web, db,  DELETED",
        "MODIFIED, db,  db,  -",
        "DELETED,  web, web, DELETED",
        "DELETED,  db,  db,  -",
        "DELETED,  web, db,  DELETED"
      })
  void aSelectorTurnsChangesIntoComingAndGoing(
      WatchItem.Type type,
      @Nullable String before,
      String after,
      WatchItem.@Nullable Type expected) {
    var selection = selecting(LabelSelector.parse("tier=web"));

    assertThat(new EventFilter("", selection).seen(change("ns", type, before, after)))
        .isEqualTo(expected);
  }

  @Test
  void otherNamespacesAreNotSeen() {
    var filter = new EventFilter("mine", Selection.EVERYTHING);

    assertThat(filter.seen(change("other", WatchItem.Type.ADDED, null, "web"))).isNull();
    assertThat(filter.seen(change("mine", WatchItem.Type.ADDED, null, "web")))
        .isEqualTo(WatchItem.Type.ADDED);
  }

  @Test
  void withoutASelectorEveryChangeIsItself() {
    var filter = new EventFilter("", Selection.EVERYTHING);

    for (var type : WatchItem.Type.values()) {
      assertThat(filter.seen(change("ns", type, "a", "b"))).isEqualTo(type);
    }
  }

  private static Selection selecting(LabelSelector labels) {
    return new Selection(labels, FieldSelector.EVERYTHING, null);
  }

  private static Changed change(
      String namespace, WatchItem.Type type, @Nullable String before, String after) {
    var key = new ResourceKey(TypeRef.core("pods"), namespace, "p");
    var resource =
        new StoredResource(key, "uid", 2, new byte[0], Map.of("tier", after), Map.of(), List.of());
    return new Changed(
        type,
        resource,
        before == null ? null : new Previous(Map.of("tier", before), Map.of(), null));
  }
}
