package dev.troupe.runtime.controller.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredChangeTest {

  @Test
  void whatIsIndexedIsKnownWithoutDecoding() {
    var change = change("not JSON");

    assertThat(change.uid()).isEqualTo("u");
    assertThat(change.ownerUids()).containsExactly("o");
    assertThat(change.terminating()).isFalse();
  }

  @Test
  void onlyTheObjectsOwnDeletionMakesItTerminating() {
    assertThat(change("{\"metadata\":{\"deletionTimestamp\":\"2026-11-23T12:00:00Z\"}}"))
        .matches(StoredChange::terminating);
    assertThat(change("{\"metadata\":{},\"data\":{\"deletionTimestamp\":\"never\"}}"))
        .matches(change -> !change.terminating());
  }

  private static StoredChange change(String json) {
    var resource =
        new StoredResource(
            new ResourceKey(TypeRef.core("configmaps"), "default", "main"),
            "u",
            1,
            json.getBytes(StandardCharsets.UTF_8),
            Map.of(),
            Map.of(),
            List.of("o"));
    return new StoredChange(
        resource, 1, false, false, new Types(ResourceRegistry.standard()), Decoders.fresh());
  }
}
