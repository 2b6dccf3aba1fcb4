package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Controller] on the stage. It is woken more often than need be: its decisions must stand that.
final class ObjectActor<R extends HasMetadata> implements Actor {

  private final Stage stage;
  private final Controller<R> controller;
  private final Relations<R> relations = new Relations<>();

  ObjectActor(Stage stage, Controller<R> controller) {
    this.stage = stage;
    this.controller = controller;
    controller.observe(relations);
  }

  @Override
  public String name() {
    return controller.name();
  }

  @Override
  public Collection<ResourceKey> wakes(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    return stage.all(controller.resource()).stream()
        .filter(object ->
            isSame(object, after)
                || (before != null && relations.holds(object, before))
                || (after != null && relations.holds(object, after)))
        .map(Keys::of)
        .toList();
  }

  @Override
  public Plan decide(ResourceKey key, Cause cause) {
    var object = stage.find(controller.resource(), key).filter(relations::concerns);
    return object
        .map(found -> controller.reconcile(found, new StageView(found, key), cause))
        .orElse(Plan.nothing());
  }

  private static boolean isSame(HasMetadata object, @Nullable HasMetadata other) {
    return other != null && object.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private final class StageView implements View {

    private final R object;
    private final ResourceKey key;

    StageView(R object, ResourceKey key) {
      this.object = object;
      this.key = key;
    }

    @Override
    public Instant now() {
      return stage.now();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type) {
      return stage.all(type).stream().filter(other -> relations.holds(object, other)).toList();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String name) {
      return list(type).stream()
          .filter(other -> other.getMetadata().getName().equals(name))
          .findFirst();
    }

    @Override
    public Optional<Instant> timer(String name) {
      return stage.timer(controller.name(), key, name);
    }

    @Override
    public Optional<String> result(Activity activity) {
      return stage.result(controller.name(), key, activity);
    }
  }
}
