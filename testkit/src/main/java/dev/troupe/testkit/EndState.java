package dev.troupe.testkit;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.controller.WorldActivities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a world has come to, so that it can be compared with another one: its objects, timers and
/// activities, but for times, versions, uids and names that were made up.
final class EndState {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final TypeRef EVENTS = TypeRef.core("events");
  private static final List<String> NOT_COMPARED =
      List.of("resourceVersion", "managedFields", "generation", "observedGeneration", "uid");
  private static final int MOST_TOLD = 6;

  private final ControllerWorld world;
  private final Set<String> aside;
  private final Map<String, String> names = new HashMap<>();

  /// How often there is each.
  private final Map<String, Integer> items = new TreeMap<>();

  /// @param aside fields that are not compared, wherever they are
  private EndState(ControllerWorld world, Set<String> aside) {
    this.world = world;
    this.aside = new HashSet<>(aside);
    this.aside.addAll(NOT_COMPARED);
  }

  static Map<String, Integer> of(ControllerWorld world, Set<String> aside) {
    var end = new EndState(world, aside);
    var objects =
        world.store().all().stream()
            .filter(resource -> !resource.key().type().equals(EVENTS))
            .toList();
    objects.forEach(end::call);
    objects.forEach(end::object);
    world.states().forEach(end::remembered);
    end.activities();
    return end.items;
  }

  /// What there is more and less than expected, in words; empty if nothing.
  static List<String> differences(Map<String, Integer> expected, Map<String, Integer> found) {
    var differences = new ArrayList<String>();
    expected.forEach((item, count) -> compare("  missing ", item, count, found, differences));
    found.forEach((item, count) -> compare("  surplus ", item, count, expected, differences));
    return differences.size() > MOST_TOLD ? differences.subList(0, MOST_TOLD) : differences;
  }

  private static void compare(
      String word, String item, int count, Map<String, Integer> other, List<String> differences) {
    int more = count - other.getOrDefault(item, 0);
    if (more > 0) {
      differences.add(word + (more == 1 ? "" : more + " × ") + item);
    }
  }

  /// A name that was made up is called after what it was made from.
  private void call(StoredResource resource) {
    var metadata = ControllerJson.object(resource.json()).path("metadata");
    var made = metadata.path("generateName").asString("");
    if (!made.isEmpty()) {
      names.put(resource.key().name(), made + "*");
    }
    names.put(resource.uid(), "<uid>");
  }

  private void object(StoredResource resource) {
    var object = ControllerJson.object(resource.json());
    plain(object);
    add(text(world.name(resource.key())) + " " + object);
  }

  private void remembered(ObjectState state) {
    var name = text(world.name(state.key()));
    for (var timer : state.timers().keySet()) {
      add("timer " + text(timer) + " of " + state.controller() + " for " + name);
    }
    for (var call : state.calls().entrySet()) {
      if (!call.getValue().done()) {
        add("pending " + text(call.getKey()) + " of " + state.controller() + " for " + name);
      }
    }
  }

  /// Repetitions with the same key are one.
  private void activities() {
    var keys = new HashSet<String>();
    for (var attempt : world.activities().carried()) {
      if (isOfAuthors(attempt) && keys.add(attempt.key())) {
        add("activity " + text(attempt.activity().toString()));
      }
    }
  }

  /// How often the platform looks is its own business.
  private static boolean isOfAuthors(WorldActivities.Carried attempt) {
    return !(attempt.activity() instanceof PlatformActivity);
  }

  private void add(String item) {
    items.merge(item, 1, Integer::sum);
  }

  private void plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(aside);
      for (var name : List.copyOf(object.propertyNames())) {
        var value = object.get(name);
        if (value.isString()) {
          object.put(name, text(value.stringValue()));
        } else {
          plain(value);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        var value = array.get(i);
        if (value.isString()) {
          array.set(i, text(value.stringValue()));
        } else {
          plain(value);
        }
      }
    }
  }

  private String text(String text) {
    var plain = names.getOrDefault(text, text);
    for (var name : names.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    return TIME.matcher(plain).replaceAll("<time>");
  }
}
