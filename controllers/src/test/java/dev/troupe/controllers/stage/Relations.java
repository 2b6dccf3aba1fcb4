package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Observe;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which objects a controller's view holds, by what it has declared.
final class Relations<R extends HasMetadata> implements Observe<R> {

  private record Relation<R>(
      Class<? extends HasMetadata> type, BiPredicate<R, HasMetadata> relates) {}

  private final List<Relation<R>> relations = new ArrayList<>();
  private Predicate<R> condition = _ -> true;

  boolean concerns(R object) {
    return condition.test(object);
  }

  boolean holds(R object, HasMetadata other) {
    return relations.stream()
        .anyMatch(r -> r.type.isInstance(other) && r.relates.test(object, other));
  }

  @Override
  public Observe<R> owns(Class<? extends HasMetadata> type) {
    relations.add(new Relation<>(type, (owner, object) -> Owners.controls(owner, object)));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> watches(
      Class<T> type, Function<T, List<Ref>> concerns) {
    relations.add(
        new Relation<>(
            type,
            (object, other) ->
                concerns.apply(type.cast(other)).stream().anyMatch(ref -> names(ref, object))));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> selects(
      Class<T> type, Function<R, Map<String, String>> selector) {
    relations.add(
        new Relation<>(
            type,
            (object, other) -> {
              var wanted = selector.apply(object);
              return !wanted.isEmpty()
                  && Objects.equals(
                      object.getMetadata().getNamespace(), other.getMetadata().getNamespace())
                  && Labels.of(other).entrySet().containsAll(wanted.entrySet());
            }));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> refers(
      Class<T> type, Function<R, List<Ref>> references) {
    relations.add(
        new Relation<>(
            type,
            (object, other) ->
                references.apply(object).stream().anyMatch(ref -> names(ref, other))));
    return this;
  }

  @Override
  public Observe<R> where(Predicate<R> condition) {
    this.condition = condition;
    return this;
  }

  private static boolean names(Ref ref, HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return ref.name().equals(object.getMetadata().getName())
        && ref.namespace().equals(namespace == null ? "" : namespace);
  }
}
