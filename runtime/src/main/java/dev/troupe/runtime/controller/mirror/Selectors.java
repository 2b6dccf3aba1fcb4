package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The labels that reconciled objects select, found by one of their labels.
final class Selectors {
  private record Bucket(String namespace, Map.Entry<String, String> label) {}

  private final Map<ResourceKey, Map<String, String>> byKey = new HashMap<>();
  private final Map<Bucket, Set<ResourceKey>> byLabel = new HashMap<>();

  void put(ResourceKey key, Map<String, String> labels) {
    var before = labels.isEmpty() ? byKey.remove(key) : byKey.put(key, Map.copyOf(labels));
    if (before != null) {
      var bucket = bucket(key, before);
      var keys = byLabel.get(bucket);
      if (keys != null && keys.remove(key) && keys.isEmpty()) {
        byLabel.remove(bucket);
      }
    }
    if (!labels.isEmpty()) {
      byLabel.computeIfAbsent(bucket(key, labels), _ -> new LinkedHashSet<>()).add(key);
    }
  }

  Map<String, String> of(ResourceKey key) {
    return byKey.getOrDefault(key, Map.of());
  }

  List<ResourceKey> selecting(StoredResource resource) {
    var selecting = new ArrayList<ResourceKey>();
    for (var label : new TreeMap<>(resource.labels()).entrySet()) {
      var bucket =
          new Bucket(resource.key().namespace(), Map.entry(label.getKey(), label.getValue()));
      for (var key : byLabel.getOrDefault(bucket, Set.of())) {
        if (resource.labels().entrySet().containsAll(of(key).entrySet())) {
          selecting.add(key);
        }
      }
    }
    return selecting;
  }

  private static Bucket bucket(ResourceKey key, Map<String, String> labels) {
    var first =
        labels.entrySet().stream()
            .min(Map.Entry.comparingByKey())
            .orElseThrow(() -> new IllegalStateException("no labels"));
    return new Bucket(key.namespace(), Map.entry(first.getKey(), first.getValue()));
  }
}
