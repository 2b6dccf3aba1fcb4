package dev.troupe.testkit;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.controller.WorldActivities;
import dev.troupe.testkit.world.story.JsonDifferences;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What a world has come to, so that it can be compared with another one: its objects, timers and
/// activities, but for times, versions, uids and names that were made up.
final class EndState {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final TypeRef EVENTS = TypeRef.core("events");
  private static final List<String> NOT_COMPARED =
      List.of("resourceVersion", "managedFields", "generation", "observedGeneration", "uid");
  private static final int MOST_TOLD = 6;
  private static final String BODY = " {";

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
    var missing = surplus(expected, found);
    var surplus = surplus(found, expected);
    var differences = new ArrayList<String>();
    for (var item : missing) {
      var same = surplus.stream().filter(one -> title(one).equals(title(item))).findFirst();
      same.ifPresent(surplus::remove);
      differences.add(same.map(one -> change(item, one)).orElse("  missing " + item));
    }
    surplus.forEach(item -> differences.add("  surplus " + item));
    return differences.size() > MOST_TOLD ? differences.subList(0, MOST_TOLD) : differences;
  }

  private static List<String> surplus(Map<String, Integer> some, Map<String, Integer> others) {
    var surplus = new ArrayList<String>();
    some.forEach((item, count) ->
        surplus.addAll(
            Collections.nCopies(Math.max(0, count - others.getOrDefault(item, 0)), item)));
    return surplus;
  }

  /// An object's name, or all that there is.
  private static String title(String item) {
    int body = item.indexOf(BODY);
    return body < 0 ? item : item.substring(0, body);
  }

  private static String change(String expected, String found) {
    var where = JsonDifferences.of(body(expected), body(found));
    return "  " + title(expected) + ": " + String.join(", ", where);
  }

  private static JsonNode body(String item) {
    int body = item.indexOf(BODY);
    return body < 0
        ? ControllerJson.empty()
        : ControllerJson.object(item.substring(body + 1).getBytes(StandardCharsets.UTF_8));
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
    var object = plain(ControllerJson.object(resource.json()));
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

  /// Without what is not compared, in one order.
  private JsonNode plain(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        var plain = ControllerJson.empty();
        for (var name : new TreeSet<>(object.propertyNames())) {
          if (!aside.contains(name)) {
            var value = plain(object.get(name));
            plain.set(name, name.equals("conditions") ? sorted(value) : value);
          }
        }
        yield plain;
      }
      case ArrayNode array -> {
        var plain = ControllerJson.empty().arrayNode();
        array.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case StringNode string -> StringNode.valueOf(text(string.stringValue()));
      default -> node;
    };
  }

  /// Conditions are told apart by their types, not by their order.
  private static JsonNode sorted(JsonNode conditions) {
    var sorted = ControllerJson.empty().arrayNode();
    conditions.valueStream().sorted(Comparator.comparing(JsonNode::toString)).forEach(sorted::add);
    return sorted;
  }

  private String text(String text) {
    var plain = names.getOrDefault(text, text);
    for (var name : names.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    return TIME.matcher(plain).replaceAll("<time>");
  }
}
