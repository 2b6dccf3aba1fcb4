package dev.troupe.controllerhost.type;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What a controller says of the types that it has to do with.
///
/// @param reconciled those whose objects it reconciles
/// @param owned those of which it makes objects of its own
/// @param seen those that it looks at
public record NamedTypes(
    Set<Class<? extends HasMetadata>> reconciled,
    Set<Class<? extends HasMetadata>> owned,
    Set<Class<? extends HasMetadata>> seen) {

  public static <R extends HasMetadata> NamedTypes of(Controller<R> controller) {
    var noted = new Noted<R>();
    controller.observe(noted);
    return new NamedTypes(Set.of(controller.resource()), noted.owned, noted.seen);
  }

  public static NamedTypes of(CollectionController<?> controller) {
    return new NamedTypes(new LinkedHashSet<>(controller.follows()), Set.of(), Set.of());
  }

  /// All of them, each once.
  public Collection<Class<? extends HasMetadata>> all() {
    var all = new LinkedHashSet<>(reconciled);
    all.addAll(owned);
    all.addAll(seen);
    return all;
  }

  /// Takes note of which types are named, and of nothing else.
  private static final class Noted<R extends HasMetadata> implements Observe<R> {

    private final Set<Class<? extends HasMetadata>> owned = new LinkedHashSet<>();
    private final Set<Class<? extends HasMetadata>> seen = new LinkedHashSet<>();

    @Override
    public Observe<R> owns(Class<? extends HasMetadata> type) {
      owned.add(type);
      return this;
    }

    @Override
    public Observe<R> ownsAll(Class<? extends HasMetadata> type) {
      return owns(type);
    }

    @Override
    public <T extends HasMetadata> Observe<R> watches(
        Class<T> type, Function<T, List<Ref>> concerns) {
      seen.add(type);
      return this;
    }

    @Override
    public <T extends HasMetadata> Observe<R> selects(
        Class<T> type, Function<R, Map<String, String>> selector) {
      seen.add(type);
      return this;
    }

    @Override
    public <T extends HasMetadata> Observe<R> refers(
        Class<T> type, Function<R, List<Ref>> references) {
      seen.add(type);
      return this;
    }

    @Override
    public Observe<R> siblingsOwn(
        Class<? extends HasMetadata> type, Function<R, Optional<String>> owner) {
      seen.add(type);
      return this;
    }

    @Override
    public Observe<R> where(Predicate<R> condition) {
      return this;
    }
  }
}
