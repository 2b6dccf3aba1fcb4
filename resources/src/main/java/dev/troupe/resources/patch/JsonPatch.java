package dev.troupe.resources.patch;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON patch (RFC 6902): operations, carried out one after the other, all or none.
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

  private static ArrayNode operations(JsonNode patch) {
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
    return operations;
  }

  private Patched result() {
    return document instanceof ObjectNode object
        ? new Patched.Applied(object)
        : PatchFailure.inapplicable("the patched document is not an object").rejected();
  }

  private void perform(JsonNode operation) {
    if (!operation.isObject()) {
      throw PatchFailure.malformed(
          "json: cannot unmarshal value into Go value of type jsonpatch.Operation");
    }
    var path = pointer(operation, "path");
    switch (Json.text(operation, "op")) {
      case "add" -> add(path, value(operation).deepCopy());
      case "remove" -> remove(path);
      case "replace" -> replace(path, value(operation).deepCopy());
      case "move" -> move(pointer(operation, "from"), path);
      case "copy" -> copy(pointer(operation, "from"), path);
      case "test" -> test(path, operation.get("value"));
      default -> throw PatchFailure.inapplicable("Unexpected kind: " + Json.text(operation, "op"));
    }
  }

  private static JsonPointer pointer(JsonNode operation, String field) {
    var text = operation.get(field);
    if (text == null || !text.isString()) {
      throw PatchFailure.inapplicable("an operation lacks its " + field);
    }
    return JsonPointer.parse(text.stringValue());
  }

  private static JsonNode value(JsonNode operation) {
    var value = operation.get("value");
    if (value == null) {
      throw PatchFailure.inapplicable("an operation lacks its value");
    }
    return value;
  }

  private void add(JsonPointer path, JsonNode value) {
    if (path.tokens().size() + Json.depth(value, MAX_DEPTH) > MAX_DEPTH) {
      throw PatchFailure.inapplicable("the patched document is nested too deep");
    }
    if (path.isRoot()) {
      document = value;
      return;
    }
    switch (parent(path)) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array -> array.insert(insertion(array, path), value);
      default -> throw missing(path);
    }
  }

  private static int insertion(ArrayNode array, JsonPointer path) {
    return path.last().equals("-") ? array.size() : index(path.last(), array.size() + 1, path);
  }

  private JsonNode remove(JsonPointer path) {
    if (path.isRoot()) {
      throw PatchFailure.inapplicable("the document itself cannot be removed");
    }
    var removed =
        switch (parent(path)) {
          case ObjectNode object -> object.remove(path.last());
          case ArrayNode array -> array.remove(index(path.last(), array.size(), path));
          default -> null;
        };
    if (removed == null) {
      throw missing(path);
    }
    return removed;
  }

  private void replace(JsonPointer path, JsonNode value) {
    if (path.isRoot()) {
      add(path, value);
      return;
    }
    get(path);
    if (parent(path) instanceof ArrayNode) {
      remove(path);
    }
    add(path, value);
  }

  private void move(JsonPointer from, JsonPointer path) {
    if (from.equals(path)) {
      get(from);
      return;
    }
    if (from.contains(path)) {
      throw PatchFailure.inapplicable("a value cannot be moved into itself: " + from);
    }
    add(path, remove(from));
  }

  private void copy(JsonPointer from, JsonPointer path) {
    var value = get(from);
    copied += Json.weight(value);
    if (copied > MAX_COPIED) {
      throw PatchFailure.inapplicable(
          "Unable to complete the copy, the accumulated size increase of copy is "
              + copied
              + ", exceeding the limit "
              + MAX_COPIED);
    }
    add(path, value.deepCopy());
  }

  private void test(JsonPointer path, @Nullable JsonNode expected) {
    var wanted = expected == null ? Json.object().nullNode() : expected;
    var actual = find(path);
    boolean matches = actual == null ? wanted.isNull() : Json.same(actual, wanted);
    if (!matches) {
      throw PatchFailure.inapplicable("testing value " + path + " failed");
    }
  }

  private JsonNode get(JsonPointer path) {
    var value = find(path);
    if (value == null) {
      throw missing(path);
    }
    return value;
  }

  private @Nullable JsonNode find(JsonPointer path) {
    var at = document;
    for (var token : path.tokens()) {
      var next =
          switch (at) {
            case ObjectNode object -> object.get(token);
            case ArrayNode array -> isIndex(token, array.size()) ? array.get(parse(token)) : null;
            default -> null;
          };
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  private JsonNode parent(JsonPointer path) {
    return get(new JsonPointer(path.tokens().subList(0, path.tokens().size() - 1)));
  }

  private static int index(String token, int bound, JsonPointer path) {
    if (!isIndex(token, bound)) {
      throw PatchFailure.inapplicable("no such position in the list: " + path);
    }
    return parse(token);
  }

  private static boolean isIndex(String token, int bound) {
    boolean digits =
        !token.isEmpty()
            && token.length() <= 9
            && token.chars().allMatch(c -> c >= '0' && c <= '9')
            && (token.length() == 1 || token.charAt(0) != '0');
    return digits && parse(token) < bound;
  }

  private static int parse(String token) {
    return Integer.parseInt(token);
  }

  private static PatchFailure missing(JsonPointer path) {
    return PatchFailure.inapplicable("the document has no such path: " + path);
  }
}
