package dev.troupe.runtime.collection.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexLoaderTest {

  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");

  /// Each event brings its own copies, which would stay in memory for as long as the object.
  @Test
  void objectsShareTheTextsOfTheirTypeAndNamespace() {
    var reader = IndexEntryReader.of(Writes.TYPE);
    var loader = new IndexLoader(reader, Set.of());
    loader.add(event("a"));
    loader.add(event("b"));

    var index = loader.index();
    var one = index.newest(key("a"));
    var other = index.newest(key("b"));

    assertThat(one).isNotNull();
    assertThat(other).isNotNull();
    assertThat(one.resource().key().type()).isSameAs(other.resource().key().type());
    assertThat(one.namespace()).isEqualTo("default").isSameAs(other.namespace());
  }

  private static EventRecord event(String name) {
    var key = key(name);
    return new EventRecord(
        new PartitionId(CONFIG_MAPS, 0),
        1,
        7,
        0,
        1,
        EventRecord.Type.CREATED,
        key,
        "u",
        "{\"metadata\":{}}".getBytes(UTF_8),
        Map.of(),
        Map.of(),
        WriteCause.user("admin", "test", "create"),
        "",
        0);
  }

  private static ResourceKey key(String name) {
    var type = new TypeRef("", new String(CONFIG_MAPS.plural().toCharArray()));
    return new ResourceKey(type, new String("default".toCharArray()), name);
  }
}
