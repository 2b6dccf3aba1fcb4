package dev.troupe.resources.schema;

import tools.jackson.databind.node.ObjectNode;

/// Holds objects against their schemas. Safe for any number of threads.
public final class Conformer {

  private final Shapes shapes;

  public Conformer(Schemas schemas) {
    this.shapes = new Shapes(schemas);
  }

  /// For the schemas of Kubernetes' own types.
  public static Conformer standard() {
    return Standard.CONFORMER;
  }

  /// Reads an object as Kubernetes' decoder reads it into its types: drops unknown fields, nulls
  /// and zero values that mean "not given", fills in what is always there, and brings values into
  /// their canonical form. What has passed once passes again unchanged.
  ///
  /// @param object not modified
  /// @throws IllegalArgumentException if there is no such schema
  public Conformed conform(ObjectNode object, String schemaType) {
    return new ConformPass().run(object, shapes.of(schemaType));
  }

  private static final class Standard {
    private static final Conformer CONFORMER = new Conformer(Schemas.standard());
  }
}
