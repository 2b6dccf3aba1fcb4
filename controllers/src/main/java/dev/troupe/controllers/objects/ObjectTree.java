package dev.troupe.controllers.objects;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Objects as plain maps and lists, as patches carry them.
public final class ObjectTree {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ObjectTree() {}

  /// The object's fields. Fields that are null are left out.
  public static Map<String, @Nullable Object> fields(Object object) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (var entry : ((Map<?, ?>) MAPPER.convertValue(object, Map.class)).entrySet()) {
      fields.put((String) entry.getKey(), entry.getValue());
    }
    return fields;
  }

  public static List<Map<String, @Nullable Object>> list(Collection<?> objects) {
    return objects.stream().map(ObjectTree::fields).toList();
  }

  /// One text for all objects with the same content: keys sorted, nulls and empty collections left
  /// out.
  public static String canonical(Object object) {
    return MAPPER.writeValueAsString(sorted(MAPPER.convertValue(object, Object.class)));
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, child) -> {
          var kept = sorted(child);
          if (kept != null) {
            sorted.put((String) key, kept);
          }
        });
        yield sorted.isEmpty() ? null : sorted;
      }
      case Collection<?> items ->
          items.isEmpty() ? null : items.stream().map(ObjectTree::sorted).toList();
      case null -> null;
      default -> value;
    };
  }
}
