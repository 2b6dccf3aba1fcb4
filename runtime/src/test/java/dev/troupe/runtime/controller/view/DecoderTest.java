package dev.troupe.runtime.controller.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Decoder decoder = decoder(1 << 20);

  @Test
  void objectIsDecodedOncePerVersionAndForm() {
    var pod = decoder.shared(pod("web", 1), Pod.class);
    var generic = decoder.shared(pod("web", 1), GenericKubernetesResource.class);

    assertThat(decoder.shared(pod("web", 1), Pod.class)).isSameAs(pod);
    assertThat(decoder.shared(pod("web", 1), GenericKubernetesResource.class)).isSameAs(generic);
    assertThat(decoder.shared(pod("web", 2), Pod.class)).isNotSameAs(pod);
  }

  @Test
  void metadataAreThoseOfTheWholeObjectIfItIsDecoded() {
    var alone = decoder.metadata(pod("alone", 1));
    var whole = decoder.shared(pod("web", 1), Pod.class);

    assertThat(alone.getName()).isEqualTo("alone");
    assertThat(decoder.metadata(pod("alone", 1))).isSameAs(alone);
    assertThat(decoder.metadata(pod("web", 1))).isSameAs(whole.getMetadata());
  }

  @Test
  void leastRecentlyUsedGoesFirst() {
    var first = decoder.shared(pod("first", 1), Pod.class);
    var second = decoder.shared(pod("second", 1), Pod.class);
    decoder.shared(pod("first", 1), Pod.class);
    decoder.shared(pod("third", 1), Pod.class);

    assertThat(decoder.shared(pod("first", 1), Pod.class)).isSameAs(first);
    assertThat(decoder.shared(pod("second", 1), Pod.class)).isNotSameAs(second);
  }

  @Test
  void leastRecentlyUsedGoesWhenThereIsTooMuch() {
    int size = pod("first", 1).json().length;
    var small = decoder(size);
    var first = small.shared(pod("first", 1), Pod.class);

    assertThat(small.shared(pod("first", 1), Pod.class)).isSameAs(first);
    small.shared(pod("first", 1), GenericKubernetesResource.class);
    assertThat(small.shared(pod("first", 1), Pod.class)).isNotSameAs(first);
  }

  @Test
  void whatNobodyAsksForGoes() {
    var used = decoder.shared(pod("used", 1), Pod.class);
    var unused = decoder.shared(pod("unused", 1), Pod.class);
    now = now.plusSeconds(40);
    decoder.shared(pod("used", 1), Pod.class);
    now = now.plusSeconds(40);
    decoder.shared(pod("used", 1), GenericKubernetesResource.class);

    assertThat(decoder.shared(pod("used", 1), Pod.class)).isSameAs(used);
    assertThat(decoder.shared(pod("unused", 1), Pod.class)).isNotSameAs(unused);
  }

  @Test
  void whatIsReadOnceIsNotKept() {
    var change =
        new StoredChange(
            pod("web", 1), 1, false, true, new Types(ResourceRegistry.standard()), decoder);
    var kept = decoder.shared(pod("first", 1), Pod.class);
    decoder.shared(pod("second", 1), Pod.class);

    assertThat(change.once(Pod.class)).isNotSameAs(change.once(Pod.class));
    assertThat(decoder.shared(pod("first", 1), Pod.class)).isSameAs(kept);
  }

  @Test
  void whatSomebodyHasModifiedIsFound() {
    decoder.shared(pod("good", 1), Pod.class);
    decoder.shared(pod("bad", 1), Pod.class).getMetadata().setName("other");

    assertThat(decoder.modified()).containsExactly(pod("bad", 1).key());
  }

  private Decoder decoder(long bytes) {
    return new Decoder(new Decoder.Limits(2, bytes, Duration.ofMinutes(1)), () -> now);
  }

  private static StoredResource pod(String name, long version) {
    var json =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\"}}".formatted(name);
    return new StoredResource(
        new ResourceKey(TypeRef.core("pods"), "default", name),
        "u",
        version,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of(),
        Map.of(),
        List.of());
  }
}
