package dev.troupe.resources.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All schemas, by long name.
public final class Schemas {

  private final Map<String, ObjectSchema> byName;

  public Schemas(Map<String, ObjectSchema> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// The schemas of Kubernetes' own types.
  public static Schemas standard() {
    return Standard.SCHEMAS;
  }

  /// These and more; those that are given count where both have one.
  public Schemas with(List<ObjectSchema> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(byName);
    more.forEach(schema -> all.put(schema.name(), schema));
    return new Schemas(all);
  }

  public Optional<ObjectSchema> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// @throws IllegalArgumentException if there is none
  public ObjectSchema get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no schema named " + name));
  }

  private static final class Standard {
    private static final Schemas SCHEMAS = FactTables.read();
  }
}
