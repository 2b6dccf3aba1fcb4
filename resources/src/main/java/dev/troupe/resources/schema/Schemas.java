package dev.troupe.resources.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All schemas, by long name.
public final class Schemas {

  private final Map<String, ObjectSchema> byName;

  /// Those that count where this has none.
  private final @Nullable Schemas beneath;

  public Schemas(Map<String, ObjectSchema> byName) {
    this(byName, null);
  }

  private Schemas(Map<String, ObjectSchema> byName, @Nullable Schemas beneath) {
    this.byName = Map.copyOf(byName);
    this.beneath = beneath;
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
    var those = new HashMap<String, ObjectSchema>();
    more.forEach(schema -> those.put(schema.name(), schema));
    return new Schemas(those, this);
  }

  public Optional<ObjectSchema> find(String name) {
    var found = byName.get(name);
    return found == null && beneath != null ? beneath.find(name) : Optional.ofNullable(found);
  }

  /// @throws IllegalArgumentException if there is none
  public ObjectSchema get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no schema named " + name));
  }

  private static final class Standard {
    private static final Schemas SCHEMAS = FactTables.read();
  }
}
