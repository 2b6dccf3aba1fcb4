package dev.troupe.controllers.garbagecollection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnedTest {

  @Test
  void objectThatLivesWithoutOwnersIsNotDecoded() {
    var object = Owned.of(new Plain());

    assertThat(object.uid()).isEqualTo("u");
    assertThat(object.resourceVersion()).isEmpty();
    assertThat(object.isDeleting()).isFalse();
  }

  private record Plain() implements Change {
    @Override
    public ResourceKey key() {
      return new ResourceKey(TypeRef.core("configmaps"), "default", "main");
    }

    @Override
    public long version() {
      return 7;
    }

    @Override
    public boolean deleted() {
      return false;
    }

    @Override
    public String uid() {
      return "u";
    }

    @Override
    public List<String> ownerUids() {
      return List.of();
    }

    @Override
    public boolean terminating() {
      return false;
    }

    @Override
    public ObjectMeta metadata() {
      throw new AssertionError("decoded");
    }

    @Override
    public <T extends HasMetadata> @Nullable T as(Class<T> type) {
      throw new AssertionError("decoded");
    }
  }
}
