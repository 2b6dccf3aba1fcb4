package dev.troupe.resources.expression.type;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// How large values may be: as a schema says, or as fits into the largest request that Kubernetes
/// takes.
public final class SizeBounds {

  /// The largest request, in bytes.
  private static final long REQUEST = 3 * 1024 * 1024;

  /// Quotes, brackets or braces with nothing in them.
  static final long EMPTY = 2;

  private static final long BYTES_OF_A_CHARACTER = 4;

  /// What an entry of a map has beside its value: an empty key, a colon, a comma and more.
  private static final long ENTRY = 6;

  private SizeBounds() {}

  /// How many values of a size there may be in one request.
  public static long cardinality(long minSize) {
    return REQUEST / (minSize + 1);
  }

  static long items(long minSize) {
    return (REQUEST - EMPTY) / (minSize + 1);
  }

  static long entries(long minSize) {
    return (REQUEST - EMPTY) / (minSize + ENTRY);
  }

  static long intOrString(ObjectNode schema) {
    var length = SchemaFacts.bound(schema, "maxLength");
    return length.isPresent() ? characters(length.getAsLong()) : REQUEST - EMPTY;
  }

  static long bytes(ObjectNode schema) {
    return SchemaFacts.bound(schema, "maxLength").orElse(REQUEST - EMPTY);
  }

  static long text(ObjectNode schema) {
    var length = SchemaFacts.bound(schema, "maxLength");
    if (length.isPresent()) {
      return characters(length.getAsLong());
    }
    var choices = Json.list(schema, "enum");
    if (choices == null || choices.isEmpty()) {
      return REQUEST - EMPTY;
    }
    return Json.strings(schema, "enum").stream().mapToLong(String::length).max().orElse(0);
  }

  private static long characters(long length) {
    return length > Long.MAX_VALUE / BYTES_OF_A_CHARACTER
        ? Long.MAX_VALUE
        : length * BYTES_OF_A_CHARACTER;
  }
}
