package dev.troupe.resources.schema;

import dev.troupe.resources.schema.Field.ListType;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the tables of facts that the build carries: one row per field, one per fact about a list.
final class FactTables {

  private static final String WHOLE_TYPE = "(type)";
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final Map<String, Scalar> NAMED_SCALARS =
      Map.of(
          "io.k8s.apimachinery.pkg.api.resource.Quantity",
          Scalar.QUANTITY,
          "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
          Scalar.INT_OR_STRING,
          META + "Time",
          Scalar.TIME,
          META + "MicroTime",
          Scalar.MICRO_TIME);

  private final Map<String, Map<String, String[]>> semantics = new HashMap<>();
  private final Map<String, Scalar> scalars = new HashMap<>(NAMED_SCALARS);
  private final Map<String, Map<String, Field>> types = new HashMap<>();

  private FactTables() {}

  static Schemas read() {
    var tables = new FactTables();
    for (var row : rows("list-semantics.tsv")) {
      tables.semantics.computeIfAbsent(row[0], _ -> new HashMap<>()).put(row[1], row);
    }
    var fields = rows("fields.tsv");
    fields.forEach(tables::addScalar);
    fields.forEach(tables::addField);
    var schemas = new HashMap<String, ObjectSchema>();
    tables.types.forEach(
        (name, all) -> schemas.put(name, new ObjectSchema(name, all, tables.isAtomic(name))));
    return new Schemas(schemas);
  }

  private static List<String[]> rows(String table) {
    try (var in = FactTables.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException("table " + table + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addScalar(String[] row) {
    if (row[1].equals(WHOLE_TYPE)) {
      scalars.putIfAbsent(row[0], row[2].equals("any") ? Scalar.ANY : Scalar.OBJECT);
    }
  }

  private void addField(String[] row) {
    if (row[1].equals(WHOLE_TYPE)) {
      return;
    }
    var type = type(row[2]);
    var facts = facts(row[0], row[1]);
    types
        .computeIfAbsent(row[0], _ -> new LinkedHashMap<>())
        .put(
            row[1],
            new Field(
                row[1],
                type,
                row[3].equals("yes"),
                row[4],
                zero(row[5]),
                listType(fact(facts, 2)),
                keys(fact(facts, 3)),
                fact(facts, 6),
                fact(facts, 5).startsWith("merge"),
                fact(facts, 5).contains("retainKeys"),
                fact(facts, 4).equals("atomic") || isAtomic(type)));
  }

  private boolean isAtomic(FieldType type) {
    return type instanceof Ref(var schema) && isAtomic(schema);
  }

  private boolean isAtomic(String schema) {
    return fact(facts(schema, WHOLE_TYPE), 4).equals("atomic");
  }

  private String @Nullable [] facts(String type, String field) {
    return semantics.getOrDefault(type, Map.of()).get(field);
  }

  private static String fact(String @Nullable [] facts, int column) {
    return facts == null ? "" : facts[column];
  }

  private FieldType type(String text) {
    return switch (text.charAt(0)) {
      case '[' -> new ListOf(type(text.substring(1, text.length() - 1)));
      case '{' -> new MapOf(type(text.substring(1, text.length() - 1)));
      default -> text.startsWith("ref:") ? named(text.substring(4)) : scalar(text);
    };
  }

  private FieldType named(String schema) {
    var scalar = scalars.get(schema);
    return scalar != null ? scalar : new Ref(schema);
  }

  private static Scalar scalar(String text) {
    return switch (text) {
      case "string" -> Scalar.STRING;
      case "boolean" -> Scalar.BOOLEAN;
      case "integer:int32" -> Scalar.INT32;
      case "integer:int64" -> Scalar.INT64;
      case "number:double" -> Scalar.DOUBLE;
      case "string:byte" -> Scalar.BYTES;
      default -> throw new IllegalStateException("unknown type in the table of fields: " + text);
    };
  }

  private static Zero zero(String text) {
    return switch (text) {
      case "omitted" -> Zero.DROPPED;
      case "kept" -> Zero.KEPT;
      case "filled" -> Zero.FILLED;
      case "null" -> Zero.NULL;
      default -> Zero.DISTINCT;
    };
  }

  private static ListType listType(String text) {
    return text.isEmpty() ? ListType.NONE : ListType.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static List<String> keys(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }
}
