package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import dev.troupe.runtime.controller.view.ControllerJson;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a status that the runtime knows better than whoever plans it: for which generation
/// it speaks, and, from what the plan waits for, the condition `Ready`. Set where the type of the
/// status has them and the plan leaves them out.
final class StatusFields {

  private static final String GENERATION = "observedGeneration";
  private static final String CONDITIONS = "conditions";
  private static final String READY = "Ready";
  private static final int LONGEST_MESSAGE = 1_024;

  /// What a type of status has.
  ///
  /// @param conditions the fields of its conditions; empty if it has none
  private record Shape(boolean generation, Set<String> conditions) {

    boolean hasReady() {
      return conditions.containsAll(Set.of("type", "status"));
    }
  }

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          var fields = fields(type);
          var conditions = fields.get(CONDITIONS);
          return new Shape(
              fields.containsKey(GENERATION),
              conditions instanceof ParameterizedType list
                      && list.getRawType() instanceof Class<?> raw
                      && Collection.class.isAssignableFrom(raw)
                      && list.getActualTypeArguments()[0] instanceof Class<?> item
                  ? Set.copyOf(fields(item).keySet())
                  : Set.of());
        }
      };

  private StatusFields() {}

  static ObjectNode complete(Object status, List<Plan.Wait> waits, Subject subject) {
    var tree = (ObjectNode) ControllerJson.tree(status);
    var shape = SHAPES.get(status.getClass());
    if (shape.generation && tree.path(GENERATION).asLong(0) == 0 && subject.generation() > 0) {
      tree.put(GENERATION, subject.generation());
    }
    if (shape.hasReady() && !hasReady(tree)) {
      addReady(tree, shape.conditions, waits, subject);
    }
    return tree;
  }

  private static boolean hasReady(ObjectNode status) {
    for (var condition : status.path(CONDITIONS)) {
      if (condition.path("type").asString("").equals(READY)) {
        return true;
      }
    }
    return false;
  }

  private static void addReady(
      ObjectNode status, Set<String> fields, List<Plan.Wait> waits, Subject subject) {
    var condition = ControllerJson.empty();
    boolean ready = waits.isEmpty();
    condition.put("type", READY).put("status", ready ? "True" : "False");
    if (fields.contains("reason")) {
      condition.put("reason", ready ? "Reconciled" : "Waiting");
    }
    if (fields.contains("message")) {
      condition.put("message", words(waits));
    }
    if (fields.contains(GENERATION) && subject.generation() > 0) {
      condition.put(GENERATION, subject.generation());
    }
    status.withArrayProperty(CONDITIONS).add(condition);
  }

  private static String words(List<Plan.Wait> waits) {
    var words =
        waits.stream()
            .map(wait -> wait.subject() + ": " + wait.explanation())
            .collect(Collectors.joining("; "));
    return words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE);
  }

  /// The fields of a record, or those that a class has getters for, with their types.
  private static Map<String, Type> fields(Class<?> type) {
    var fields = new HashMap<String, Type>();
    if (type.isRecord()) {
      for (var component : type.getRecordComponents()) {
        fields.put(component.getName(), component.getGenericType());
      }
      return fields;
    }
    for (var method : type.getMethods()) {
      if (isGetter(method)) {
        var name = method.getName().substring(3);
        fields.put(
            name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
            method.getGenericReturnType());
      }
    }
    return fields;
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getName().length() > 3
        && method.getParameterCount() == 0;
  }
}
