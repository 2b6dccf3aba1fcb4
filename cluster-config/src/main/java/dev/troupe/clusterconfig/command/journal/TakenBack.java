package dev.troupe.clusterconfig.command.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A change taken back: what it has done to each field is undone, unless somebody has set the field
/// since. Pure.
///
/// @param state what the object should be
/// @param undone the paths of what is as it was
/// @param left the paths of what is not, with the reason
record TakenBack(ObjectNode state, List<String> undone, Map<String, String> left) {

  /// What the server sees to by itself, or nobody wants: it says how things are.
  private static final Set<String> OBSERVED =
      Set.of("status", "generation", "uid", "creationTimestamp", "selfLink", "deletionTimestamp");

  /// @param event of a history
  /// @param blame of the object: who has last set which field
  /// @param now the object as it is
  static TakenBack of(JsonNode event, JsonNode blame, ObjectNode now) {
    var version = event.path("resourceVersion").asString("");
    var state = now.deepCopy();
    var undone = new ArrayList<String>();
    var left = new TreeMap<String, String>();
    for (var change : event.path("changes")) {
      var path = change.path("path").asString("");
      var reason = reason(change, version, blame);
      if (reason.isPresent()) {
        left.put(path, reason.get());
      } else if (set(state, change.path("steps").valueStream().toList(), change.get("before"))) {
        undone.add(path);
      } else {
        left.put(path, "what it was in is gone");
      }
    }
    return new TakenBack(state, undone, left);
  }

  private static Optional<String> reason(JsonNode change, String version, JsonNode blame) {
    var steps = change.path("steps");
    var first = steps.path(0).asString("");
    if (OBSERVED.contains(first.equals("metadata") ? steps.path(1).asString("") : first)) {
      return Optional.of("it says how things are");
    }
    var setBy = setBy(change.path("path").asString(""), blame);
    if (setBy == null) {
      return change.has("after") ? Optional.of("somebody has removed it since") : Optional.empty();
    }
    return setBy.path("resourceVersion").asString("").equals(version)
        ? Optional.empty()
        : Optional.of(JournalWords.who(setBy.path("by")) + " has set it since");
  }

  /// Null if there is no such field any more.
  private static @Nullable JsonNode setBy(String path, JsonNode blame) {
    for (var field : blame.path("fields")) {
      if (field.path("path").asString("").equals(path)) {
        return field.path("setBy");
      }
    }
    return null;
  }

  /// Sets what is at the end of the steps, or removes it, and what is empty then.
  ///
  /// @return whether that could be done
  private static boolean set(JsonNode in, List<JsonNode> steps, @Nullable JsonNode value) {
    var step = steps.getFirst();
    if (steps.size() == 1) {
      return value == null ? remove(in, step) : put(in, step, value.deepCopy());
    }
    var next = find(in, step);
    if (next == null) {
      if (value == null) {
        return true;
      }
      var made = empty(steps.get(1));
      if (!put(in, step, made)) {
        return false;
      }
      next = made;
    }
    boolean done = set(next, steps.subList(1, steps.size()), value);
    if (value == null && next.isContainer() && next.isEmpty()) {
      var _ = remove(in, step);
    }
    return done;
  }

  private static JsonNode empty(JsonNode firstStep) {
    return firstStep.isString()
        ? JsonNodeFactory.instance.objectNode()
        : JsonNodeFactory.instance.arrayNode();
  }

  private static @Nullable JsonNode find(JsonNode in, JsonNode step) {
    return step.isString() ? in.get(step.stringValue()) : in.get(place(in, step));
  }

  /// Where in a list; -1 if nowhere.
  private static int place(JsonNode list, JsonNode step) {
    if (step.isInt()) {
      return step.intValue();
    }
    for (int i = 0; i < list.size(); i++) {
      if (is(list.get(i), step)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean is(JsonNode item, JsonNode step) {
    return step.has("value")
        ? item.equals(step.get("value"))
        : step.path("item").properties().stream()
            .allMatch(key -> key.getValue().equals(item.get(key.getKey())));
  }

  private static boolean remove(JsonNode in, JsonNode step) {
    return switch (in) {
      case ObjectNode fields when step.isString() -> {
        fields.remove(step.stringValue());
        yield true;
      }
      case ArrayNode items when !step.isString() -> {
        int place = place(items, step);
        if (place >= 0 && place < items.size()) {
          items.remove(place);
        }
        yield true;
      }
      default -> false;
    };
  }

  private static boolean put(JsonNode in, JsonNode step, JsonNode value) {
    return switch (in) {
      case ObjectNode fields when step.isString() -> {
        fields.set(step.stringValue(), value);
        yield true;
      }
      case ArrayNode items when !step.isString() -> put(items, step, value);
      default -> false;
    };
  }

  /// An item that is there is replaced; another one comes last, with its keys.
  private static boolean put(ArrayNode items, JsonNode step, JsonNode value) {
    if (value instanceof ObjectNode item) {
      step.path("item").properties().forEach(key -> item.set(key.getKey(), key.getValue()));
    }
    int place = place(items, step);
    if (place >= items.size()) {
      return false;
    }
    if (place >= 0) {
      items.set(place, value);
    } else {
      items.add(value);
    }
    return true;
  }
}
