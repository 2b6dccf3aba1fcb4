package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON patch (RFC 6902): operations, carried out one after the other, all or none. It means what
/// it means to Kubernetes' library, which differs from the RFC: a negative index counts from the
/// end, a replaced or copied field need not be there, and only replace and test take the document
/// as a whole.
///
/// Bounded: so many operations, so many bytes copied, so deep a document.
public final class JsonPatch {

  static final int MAX_OPERATIONS = 10_000;
  static final int MAX_COPIED = 3 * 1024 * 1024;
  static final int MAX_DEPTH = 500;

  private JsonNode document;
  private long copied;

  private JsonPatch(ObjectNode document) {
    this.document = document.deepCopy();
  }

  public static Patched apply(ObjectNode document, JsonNode patch) {
    try {
      var run = new JsonPatch(document);
      for (var operation : operations(patch)) {
        run.perform(operation);
      }
      return run.result();
    } catch (PatchFailure failure) {
      return failure.rejected();
    }
  }

  private static Iterable<JsonNode> operations(JsonNode patch) {
    if (patch.isNull()) {
      return List.of();
    }
    if (!(patch instanceof ArrayNode operations)) {
      throw PatchFailure.malformed(
          "json: cannot unmarshal "
              + (patch.isObject() ? "object" : "value")
              + " into Go value of type jsonpatch.Patch");
    }
    if (operations.size() > MAX_OPERATIONS) {
      throw PatchFailure.tooManyOperations(
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + operations.size());
    }
    for (var operation : operations) {
      if (!operation.isObject() && !operation.isNull()) {
        throw PatchFailure.malformed(
            "json: cannot unmarshal value into Go value of type jsonpatch.Operation");
      }
    }
    return operations;
  }

  private Patched result() {
    return document instanceof ObjectNode object
        ? new Patched.Applied(object)
        : PatchFailure.inapplicable("the patched document is not an object").rejected();
  }

  private void perform(JsonNode operation) {
    var kind = Json.text(operation, "op");
    switch (kind) {
      case "add" -> add(pointer(operation, kind, "path"), value(operation));
      case "remove" -> remove(pointer(operation, kind, "path"));
      case "replace" -> replace(pointer(operation, kind, "path"), value(operation));
      case "move" -> move(pointer(operation, kind, "from"), pointer(operation, kind, "path"));
      case "copy" -> copy(pointer(operation, kind, "from"), pointer(operation, kind, "path"));
      case "test" -> test(pointer(operation, kind, "path"), value(operation));
      default ->
          throw PatchFailure.inapplicable(
              "Unexpected kind: " + (kind.isEmpty() ? "unknown" : kind));
    }
  }

  private static JsonPointer pointer(JsonNode operation, String kind, String field) {
    var text = operation.get(field);
    if (text == null || !text.isString()) {
      throw missing(kind + " operation failed to decode " + field);
    }
    return JsonPointer.parse(text.stringValue());
  }

  /// What is not given is null.
  private static JsonNode value(JsonNode operation) {
    var value = operation.get("value");
    return value == null ? Json.object().nullNode() : value.deepCopy();
  }

  private void add(JsonPointer path, JsonNode value) {
    var at = container(path, "add operation does not apply: doc is missing path: \"" + path + '"');
    insert(at, path, value, "error in add for path: '" + path + "'");
  }

  private void insert(ContainerNode<?> at, JsonPointer path, JsonNode value, String failed) {
    checkDepth(path, value);
    switch (at) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array -> array.insert(insertion(array, path.last(), failed), value);
      default -> throw new IllegalStateException("neither object nor list");
    }
  }

  private static int insertion(ArrayNode array, String key, String failed) {
    return key.equals("-") ? array.size() : index(key, array.size() + 1, failed);
  }

  private static void checkDepth(JsonPointer path, JsonNode value) {
    if (path.tokens().size() + Json.depth(value, MAX_DEPTH) > MAX_DEPTH) {
      throw PatchFailure.inapplicable("the patched document is nested too deep");
    }
  }

  private void remove(JsonPointer path) {
    var at =
        container(path, "remove operation does not apply: doc is missing path: \"" + path + '"');
    take(at, path, "error in remove for path: '" + path + "'");
  }

  private static JsonNode take(ContainerNode<?> at, JsonPointer path, String failed) {
    var removed =
        switch (at) {
          case ObjectNode object -> object.remove(path.last());
          case ArrayNode array -> array.remove(index(path.last(), array.size(), failed));
          default -> null;
        };
    if (removed == null) {
      throw missing(failed + ": Unable to remove nonexistent key: " + path.last());
    }
    return removed;
  }

  private void replace(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      if (!value.isContainer()) {
        throw PatchFailure.inapplicable("replace operation value must be object or array");
      }
      checkDepth(path, value);
      document = value;
      return;
    }
    var at = container(path, "replace operation does not apply: doc is missing path: " + path);
    checkDepth(path, value);
    switch (at) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array -> {
        var failed = "replace operation does not apply: doc is missing key: " + path;
        array.set(index(path.last(), array.size(), failed), value);
      }
      default -> throw new IllegalStateException("neither object nor list");
    }
  }

  private void move(JsonPointer from, JsonPointer path) {
    var source =
        container(from, "move operation does not apply: doc is missing from path: " + from);
    var value = take(source, from, "error in move for path: '" + from + "'");
    var target =
        container(path, "move operation does not apply: doc is missing destination path: " + path);
    insert(target, path, value, "error in move for path: '" + path + "'");
  }

  private void copy(JsonPointer from, JsonPointer path) {
    var source =
        container(from, "copy operation does not apply: doc is missing from path: " + from);
    var found = get(source, from.last(), "error in copy for from: '" + from + "'");
    var value = found == null ? Json.object().nullNode() : found.deepCopy();
    var target =
        container(path, "copy operation does not apply: doc is missing destination path: " + path);
    copied += Json.weight(value);
    if (copied > MAX_COPIED) {
      throw PatchFailure.inapplicable(
          "Unable to complete the copy, the accumulated size increase of copy is "
              + copied
              + ", exceeding the limit "
              + MAX_COPIED);
    }
    insert(target, path, value, "error while adding value during copy");
  }

  private void test(JsonPointer path, JsonNode wanted) {
    var actual = path.isRoot() ? document : tested(path);
    if (!(actual == null ? wanted.isNull() : actual.equals(wanted))) {
      throw PatchFailure.inapplicable("testing value " + path + " failed: test failed");
    }
  }

  private @Nullable JsonNode tested(JsonPointer path) {
    var at = container(path, "test operation does not apply: is missing path: " + path);
    return get(at, path.last(), "error in test for path: '" + path + "'");
  }

  /// The object or list that the last part of the path is a key of.
  private ContainerNode<?> container(JsonPointer path, String failed) {
    JsonNode at = path.isInside() ? document : null;
    for (var key : path.isInside() ? path.parent() : List.<String>of()) {
      at = at instanceof ContainerNode<?> container ? get(container, key, failed) : null;
    }
    if (!(at instanceof ContainerNode<?> found)) {
      throw missing(failed);
    }
    return found;
  }

  private static @Nullable JsonNode get(ContainerNode<?> at, String key, String failed) {
    return at instanceof ArrayNode array
        ? array.get(index(key, array.size(), failed))
        : at.get(key);
  }

  /// An index counts from the end if it is negative: -1 is the last.
  private static int index(String key, int bound, String failed) {
    int index;
    try {
      index = Integer.parseInt(key);
    } catch (NumberFormatException _) {
      throw PatchFailure.inapplicable(
          failed + ": strconv.Atoi: parsing \"" + key + "\": invalid syntax");
    }
    if (index >= bound || index < -bound) {
      throw PatchFailure.inapplicable(
          failed + ": Unable to access invalid index: " + index + ": invalid index referenced");
    }
    return index < 0 ? index + bound : index;
  }

  private static PatchFailure missing(String failed) {
    return PatchFailure.inapplicable(failed + ": missing value");
  }
}
