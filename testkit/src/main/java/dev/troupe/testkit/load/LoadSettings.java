package dev.troupe.testkit.load;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What a load does.
///
/// @param name tells its objects from those of other loads on the same servers
/// @param namespaces the objects of each are in a partition of their own, if the collection is
///   split and they were chosen well
/// @param writesPerSecond of all objects together; 0 for none
/// @param readsPerSecond of single objects; 0 for none
/// @param listEvery between two lists of the whole collection, through each endpoint
public record LoadSettings(
    String name,
    List<Namespace> namespaces,
    int writesPerSecond,
    int readsPerSecond,
    Duration listEvery) {

  /// A namespace, and the partition that holds its objects.
  public record Namespace(String name, String partition) {}

  private static final TypeRef COLLECTION = TypeRef.core("configmaps");

  public LoadSettings {
    namespaces = List.copyOf(namespaces);
  }

  /// Any namespaces.
  ///
  /// @param partitions how many the collection has
  public static List<Namespace> many(String name, int count, int partitions) {
    return many(name, count, COLLECTION, partitions);
  }

  /// Any namespaces, for objects of another collection.
  ///
  /// @param collection with its group behind a dot
  /// @param partitions how many it has
  public static List<Namespace> of(String collection, String name, int count, int partitions) {
    return many(name, count, TypeRef.parse(collection), partitions);
  }

  private static List<Namespace> many(String name, int count, TypeRef collection, int partitions) {
    var placement = new Placement(Map.of(collection, partitions));
    return IntStream.range(0, count)
        .mapToObj(i -> name + "-" + i)
        .map(each -> new Namespace(each, placement.of(collection, each, "").toString()))
        .toList();
  }

  /// One namespace for each partition of the collection.
  public static List<Namespace> spread(int partitions) {
    var placement = new Placement(Map.of(COLLECTION, partitions));
    var found = new TreeMap<String, Namespace>();
    for (int i = 0; found.size() < partitions; i++) {
      var name = "load-" + i;
      var partition = placement.of(COLLECTION, name, "").toString();
      found.putIfAbsent(partition, new Namespace(name, partition));
    }
    return List.copyOf(found.values());
  }
}
