package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.Types;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a controller has declared to observe.
public final class Relations<R extends HasMetadata> implements Observe<R> {

  private final Types types;
  private final Class<R> reconciled;
  private final List<Relation<R>> relations = new ArrayList<>();
  private Predicate<R> condition = _ -> true;
  private boolean conditional;

  private Relations(Types types, Class<R> reconciled) {
    this.types = types;
    this.reconciled = reconciled;
  }

  public static <R extends HasMetadata> Relations<R> of(Controller<R> controller, Types types) {
    var relations = new Relations<>(types, controller.resource());
    controller.observe(relations);
    return relations;
  }

  @Override
  public Observe<R> owns(Class<? extends HasMetadata> type) {
    relations.add(new Relation.Owns<>(types.of(type), false));
    return this;
  }

  @Override
  public Observe<R> ownsAll(Class<? extends HasMetadata> type) {
    relations.add(new Relation.Owns<>(types.of(type), true));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> watches(
      Class<T> type, Function<T, List<Ref>> concerns) {
    relations.add(new Relation.Watches<>(types.of(type), type, null, concerns));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> watches(
      Class<T> type, Set<String> names, Function<T, List<Ref>> concerns) {
    relations.add(new Relation.Watches<>(types.of(type), type, Set.copyOf(names), concerns));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> selects(
      Class<T> type, Function<R, Map<String, String>> selector) {
    relations.add(new Relation.Selects<>(types.of(type), selector));
    return this;
  }

  @Override
  public <T extends HasMetadata> Observe<R> refers(
      Class<T> type, Function<R, List<Ref>> references) {
    relations.add(new Relation.Refers<>(types.of(type), references));
    return this;
  }

  @Override
  public Observe<R> siblingsOwn(
      Class<? extends HasMetadata> type, Function<R, Optional<String>> owner) {
    relations.add(new Relation.SiblingsOwn<>(types.of(type), owner));
    return this;
  }

  @Override
  public Observe<R> where(Predicate<R> wanted) {
    condition = condition.and(wanted);
    conditional = true;
    return this;
  }

  public TypeRef reconciled() {
    return types.of(reconciled);
  }

  /// Every type whose changes are followed: the reconciled one and those that relate to it.
  public Set<TypeRef> followed() {
    var followed = new LinkedHashSet<TypeRef>();
    followed.add(reconciled());
    relations.forEach(relation -> followed.add(relation.type()));
    return followed;
  }

  public Set<TypeRef> owned() {
    return relations.stream()
        .filter(Relation.Owns.class::isInstance)
        .map(Relation::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Those of the owned types of which no others shall be there than those that are planned.
  public Set<TypeRef> ownedAll() {
    return relations.stream()
        .filter(relation -> relation instanceof Relation.Owns<R> owns && owns.all())
        .map(Relation::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether anything can depend on an object: of some types only those with certain names are of
  /// interest.
  public boolean concern(ResourceKey key) {
    for (var relation : relations) {
      if (relation.type().equals(key.type())
          && (!(relation instanceof Relation.Watches<R, ?> watches) || watches.names(key.name()))) {
        return true;
      }
    }
    return key.type().equals(reconciled());
  }

  Class<R> reconciledClass() {
    return reconciled;
  }

  List<Relation<R>> all() {
    return relations;
  }

  boolean conditional() {
    return conditional;
  }

  boolean accepts(R object) {
    return condition.test(object);
  }
}
