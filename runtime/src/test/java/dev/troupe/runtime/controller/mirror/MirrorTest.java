package dev.troupe.runtime.controller.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MirrorTest {

  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");

  private final Mirror mirror =
      new Mirror(Set.of(CONFIG_MAPS), key -> key.name().startsWith("wanted"));

  @Test
  void holdsOnlyWhatIsWanted() {
    var listed = List.of(resource("other", 3), resource("wanted", 4));

    assertThat(mirror.load(CONFIG_MAPS, listed.iterator(), 5))
        .extracting(Mirror.Difference::after)
        .containsExactly(listed.getLast());
    assertThat(mirror.changed(resource("another", 6), false)).isNull();
    assertThat(mirror.changed(resource("wanted-too", 7), false)).isNotNull();

    assertThat(mirror.all(CONFIG_MAPS))
        .extracting(resource -> resource.key().name())
        .containsExactly("wanted", "wanted-too");
  }

  @Test
  void whatIsNotWantedTellsHowFarTheMirrorHasCome() {
    mirror.changed(resource("other", 6), false);

    assertThat(mirror.version(CONFIG_MAPS)).isEqualTo(6);
    assertThat(mirror.reached(Map.of(resource("other", 6).key(), 6L))).isTrue();
  }

  private static StoredResource resource(String name, long version) {
    var key = new ResourceKey(CONFIG_MAPS, "default", name);
    return new StoredResource(key, "u", version, new byte[0], Map.of(), Map.of(), List.of());
  }
}
