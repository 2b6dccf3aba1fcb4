package dev.troupe.controllers.scheduling.node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// How many pods of each sort are on which node. Changed in place.
///
/// @param <S> what is the same for all pods of a sort
public final class Crowds<S> {

  private final Map<S, Map<String, Integer>> nodesBySort = new LinkedHashMap<>();

  void add(S sort, String node) {
    nodesBySort.computeIfAbsent(sort, _ -> new HashMap<>(2)).merge(node, 1, Integer::sum);
  }

  void remove(S sort, String node) {
    nodesBySort.computeIfPresent(
        sort,
        (_, nodes) -> {
          nodes.computeIfPresent(node, (_, count) -> count == 1 ? null : count - 1);
          return nodes.isEmpty() ? null : nodes;
        });
  }

  public boolean isEmpty() {
    return nodesBySort.isEmpty();
  }

  /// Shows every sort with the number of its pods by node.
  public void forEach(BiConsumer<S, Map<String, Integer>> visitor) {
    nodesBySort.forEach(visitor);
  }
}
