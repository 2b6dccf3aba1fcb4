package dev.troupe.resources.codec.index;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.Schemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the [IndexEntry] of an object of one type, in a tree or in its JSON. Safe for any number
/// of threads.
public final class IndexEntryReader {

  private final String[] names;
  private final String[][][] paths;
  private final String[] zeros;
  private final FieldTrie trie;

  private IndexEntryReader(String[] names, String[][][] paths, String[] zeros, FieldTrie trie) {
    this.names = names;
    this.paths = paths;
    this.zeros = zeros;
    this.trie = trie;
  }

  /// For the stored version of a type.
  public static IndexEntryReader of(ResourceType type) {
    int count = type.selectableFields().size();
    var names = type.selectableFields().keySet().toArray(new String[0]);
    var paths = new String[count][][];
    var zeros = new String[count];
    var schemas = type.schemas();
    var trie = new FieldTrie();
    for (int i = 0; i < count; i++) {
      paths[i] = alternatives(type.selectableFields().getOrDefault(names[i], ""));
      zeros[i] =
          type.kind().isDefined() ? "" : zero(schemas, type.storage().schemaType(), paths[i][0]);
      for (int rank = 0; rank < paths[i].length; rank++) {
        trie.add(paths[i][rank], i, rank);
      }
    }
    return new IndexEntryReader(names, paths, zeros, trie);
  }

  private static String[][] alternatives(String paths) {
    return Arrays.stream(paths.split("\\|"))
        .map(path -> path.split("\\."))
        .toArray(String[][]::new);
  }

  /// What an absent field reads as: Kubernetes fills selectable fields from values, not pointers.
  private static String zero(Schemas schemas, String schema, String[] path) {
    var at = schema;
    for (var name : path) {
      var field = schemas.get(at).fields().get(name);
      if (field == null) {
        throw new IllegalStateException(schema + " has no field " + String.join(".", path));
      }
      if (field.type() instanceof Ref(var next)) {
        at = next;
      } else {
        return zero(field.type() instanceof Scalar scalar ? scalar : Scalar.ANY);
      }
    }
    return "";
  }

  private static String zero(Scalar type) {
    return switch (type) {
      case BOOLEAN -> "false";
      case INT32, INT64 -> "0";
      default -> "";
    };
  }

  public IndexEntry read(ObjectNode object) {
    var found = new IndexScan(names.length);
    for (int i = 0; i < names.length; i++) {
      for (int rank = 0; rank < paths[i].length; rank++) {
        found.offer(i, rank, text(object, paths[i][rank]));
      }
    }
    found.metadata(object.path("metadata"));
    return entry(found);
  }

  private static @Nullable String text(JsonNode object, String[] path) {
    var at = object;
    for (var name : path) {
      at = at.path(name);
    }
    return at.isMissingNode() || at.isNull() || at.isContainer() ? null : at.asString();
  }

  /// Reads stored JSON in one pass, without a tree.
  ///
  /// @throws tools.jackson.core.JacksonException if it is no JSON
  public IndexEntry read(byte[] json) {
    var found = new IndexScan(names.length);
    try (var parser = JsonDecoder.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      found.object(parser, trie, true);
    }
    return entry(found);
  }

  private IndexEntry entry(IndexScan found) {
    var fields = new HashMap<String, String>();
    for (int i = 0; i < names.length; i++) {
      fields.put(names[i], found.value(i, zeros[i]));
    }
    return found.entry(Map.copyOf(fields));
  }

  /// Names on the way to the fields that are looked for.
  static final class FieldTrie {

    private final Map<String, FieldTrie> children = new LinkedHashMap<>();
    private final List<int[]> targets = new ArrayList<>(0);

    private void add(String[] path, int field, int rank) {
      var at = this;
      for (var name : path) {
        at = at.children.computeIfAbsent(name, _ -> new FieldTrie());
      }
      at.targets.add(new int[] {field, rank});
    }

    @Nullable FieldTrie child(String name) {
      return children.get(name);
    }

    /// Pairs of field and rank.
    List<int[]> targets() {
      return targets;
    }
  }
}
