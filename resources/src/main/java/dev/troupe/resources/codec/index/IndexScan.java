package dev.troupe.resources.codec.index;

import dev.troupe.resources.codec.index.IndexEntryReader.FieldTrie;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// What one pass through an object has found so far.
final class IndexScan {

  private String namespace = "";
  private String name = "";
  private String uid = "";
  private String resourceVersion = "";
  private Map<String, String> labels = Map.of();
  private List<String> ownerUids = List.of();
  private final @Nullable String[] values;
  private final int[] ranks;

  IndexScan(int fields) {
    values = new @Nullable String[fields];
    ranks = new int[fields];
  }

  /// Takes a value unless one of a lower rank is there.
  void offer(int field, int rank, @Nullable String value) {
    if (value != null && !value.isEmpty() && (values[field] == null || rank < ranks[field])) {
      values[field] = value;
      ranks[field] = rank;
    }
  }

  String value(int field, String otherwise) {
    var value = values[field];
    return value == null ? otherwise : value;
  }

  IndexEntry entry(Map<String, String> fields) {
    return new IndexEntry(namespace, name, uid, resourceVersion, labels, fields, ownerUids);
  }

  void metadata(JsonNode metadata) {
    namespace = metadata.path("namespace").asString("");
    name = metadata.path("name").asString("");
    uid = metadata.path("uid").asString("");
    resourceVersion = metadata.path("resourceVersion").asString("");
    var found = new HashMap<String, String>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> found.put(label.getKey(), label.getValue().asString("")));
    labels = Map.copyOf(found);
    ownerUids =
        metadata
            .path("ownerReferences")
            .valueStream()
            .map(owner -> owner.path("uid").asString(""))
            .filter(owner -> !owner.isEmpty())
            .toList();
  }

  /// The object that begins at the current token.
  void object(JsonParser in, FieldTrie wanted, boolean root) {
    for (var key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      var next = wanted.child(key);
      if (root && key.equals("metadata") && in.currentToken() == JsonToken.START_OBJECT) {
        metadata(in);
      } else if (next == null) {
        in.skipChildren();
      } else {
        value(in, next);
      }
    }
  }

  private void value(JsonParser in, FieldTrie wanted) {
    switch (in.currentToken()) {
      case START_OBJECT -> object(in, wanted, false);
      case START_ARRAY -> in.skipChildren();
      case VALUE_NULL -> {}
      default -> {
        var text = in.getString();
        wanted.targets().forEach(target -> offer(target[0], target[1], text));
      }
    }
  }

  private void metadata(JsonParser in) {
    for (var key = in.nextName(); key != null; key = in.nextName()) {
      if (in.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (key) {
        case "namespace" -> namespace = in.getString();
        case "name" -> name = in.getString();
        case "uid" -> uid = in.getString();
        case "resourceVersion" -> resourceVersion = in.getString();
        case "labels" -> labels = labels(in);
        case "ownerReferences" -> ownerUids = ownerUids(in);
        default -> in.skipChildren();
      }
    }
  }

  private static Map<String, String> labels(JsonParser in) {
    var found = new HashMap<String, String>();
    for (var key = in.nextName(); key != null; key = in.nextName()) {
      in.nextToken();
      found.put(key, in.getString());
    }
    return Map.copyOf(found);
  }

  private static List<String> ownerUids(JsonParser in) {
    var found = new ArrayList<String>(1);
    while (in.nextToken() == JsonToken.START_OBJECT) {
      for (var key = in.nextName(); key != null; key = in.nextName()) {
        in.nextToken();
        if (key.equals("uid") && !in.getString().isEmpty()) {
          found.add(in.getString());
        } else {
          in.skipChildren();
        }
      }
    }
    return List.copyOf(found);
  }
}
