package dev.troupe.api.imperative;

import dev.troupe.api.controller.Observe;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Takes note of the kinds that are observed.
record NotedRelations<R extends HasMetadata>(Set<Class<? extends HasMetadata>> kinds)
    implements Observe<R> {

  private Observe<R> noted(Class<? extends HasMetadata> type) {
    kinds.add(type);
    return this;
  }

  @Override
  public Observe<R> owns(Class<? extends HasMetadata> type) {
    return noted(type);
  }

  @Override
  public Observe<R> ownsAll(Class<? extends HasMetadata> type) {
    return noted(type);
  }

  @Override
  public <T extends HasMetadata> Observe<R> watches(
      Class<T> type, Function<T, List<Ref>> concerns) {
    return noted(type);
  }

  @Override
  public <T extends HasMetadata> Observe<R> selects(
      Class<T> type, Function<R, Map<String, String>> selector) {
    return noted(type);
  }

  @Override
  public <T extends HasMetadata> Observe<R> refers(
      Class<T> type, Function<R, List<Ref>> references) {
    return noted(type);
  }

  @Override
  public Observe<R> siblingsOwn(
      Class<? extends HasMetadata> type, Function<R, Optional<String>> owner) {
    return noted(type);
  }

  @Override
  public Observe<R> where(Predicate<R> condition) {
    return this;
  }
}
