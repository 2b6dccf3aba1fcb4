package dev.troupe.testkit.world.story;

import dev.troupe.api.controller.Plan;
import dev.troupe.runtime.controller.view.ControllerJson;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A plan as data that can be compared, whatever it is made of: one item for everything that it
/// asks for.
public final class PlanText {

  private static final int MOST_TOLD = 5;

  /// @param title what is asked for, such as `writes Own`
  private record Item(String title, JsonNode content) {}

  private PlanText() {}

  /// How two plans differ, in words; empty if they ask for the same.
  public static List<String> differences(Plan one, Plan other) {
    if (one.equals(other)) {
      return List.of();
    }
    var before = items(one);
    var after = items(other);
    if (before.equals(after)) {
      return List.of();
    }
    var differences = new ArrayList<String>();
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      if (i >= before.size()) {
        differences.add("also " + words(after.get(i)));
      } else if (i >= after.size()) {
        differences.add("no " + words(before.get(i)));
      } else {
        compare(before.get(i), after.get(i), differences);
      }
    }
    return differences.size() > MOST_TOLD ? differences.subList(0, MOST_TOLD) : differences;
  }

  private static void compare(Item before, Item after, List<String> differences) {
    if (!before.title.equals(after.title)) {
      differences.add(words(after) + " in place of " + words(before));
    } else {
      JsonDifferences.of(before.content, after.content)
          .forEach(where -> differences.add(before.title + " " + where));
    }
  }

  private static String words(Item item) {
    return item.title + " " + item.content;
  }

  private static List<Item> items(Plan plan) {
    var items = new ArrayList<Item>();
    for (var component : Plan.class.getRecordComponents()) {
      var value = value(component, plan);
      if (value instanceof Collection<?> list) {
        list.forEach(element -> items.add(item(component.getName(), element)));
      } else {
        items.add(item(component.getName(), value));
      }
    }
    return items;
  }

  private static Item item(String part, Object element) {
    return new Item(part + " " + element.getClass().getSimpleName(), tree(element));
  }

  private static JsonNode tree(Object element) {
    try {
      return ControllerJson.tree(element);
    } catch (JacksonException unwritable) {
      return ControllerJson.tree(element.toString());
    }
  }

  private static Object value(RecordComponent component, Plan plan) {
    try {
      var value = component.getAccessor().invoke(plan);
      return value == null ? "nothing" : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a plan does not show its " + component.getName(), e);
    }
  }
}
