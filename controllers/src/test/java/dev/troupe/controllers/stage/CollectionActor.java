package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [CollectionController] on the stage.
final class CollectionActor<S> implements Actor {

  private final Stage stage;
  private final CollectionController<S> controller;
  private S state;

  CollectionActor(Stage stage, CollectionController<S> controller) {
    this.stage = stage;
    this.controller = controller;
    this.state = controller.initial();
  }

  @Override
  public String name() {
    return controller.name();
  }

  @Override
  public Collection<ResourceKey> wakes(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    var object = Objects.requireNonNull(after == null ? before : after);
    boolean follows =
        controller.follows().isEmpty()
            || controller.follows().stream().anyMatch(type -> type.isInstance(object));
    if (!follows) {
      return List.of();
    }
    var change = new StageChange(Keys.of(object), object, after == null);
    state = controller.apply(state, change);
    return controller.concerns(state, change);
  }

  @Override
  public Plan decide(ResourceKey key, Cause cause) {
    return controller.decide(state, key, cause, stage.now());
  }

  private record StageChange(ResourceKey key, HasMetadata object, boolean deleted)
      implements Change {

    @Override
    public long version() {
      return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    @Override
    public ObjectMeta metadata() {
      return object.getMetadata();
    }

    @Override
    public <T extends HasMetadata> @Nullable T as(Class<T> type) {
      return type.isInstance(object) ? type.cast(object) : null;
    }
  }
}
