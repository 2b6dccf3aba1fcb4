package dev.troupe.testkit.world.story;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where two JSON trees differ, in words: `spec.replicas: 3 → 4`.
public final class JsonDifferences {

  private static final int LONGEST_VALUE = 60;

  private JsonDifferences() {}

  public static List<String> of(@Nullable JsonNode before, @Nullable JsonNode after) {
    var differences = new ArrayList<String>();
    compare("", before, after, differences);
    return differences;
  }

  private static void compare(
      String path, @Nullable JsonNode before, @Nullable JsonNode after, List<String> differences) {
    if (before == null || after == null) {
      if (before != null || after != null) {
        differences.add(path + ": " + words(before) + " → " + words(after));
      }
    } else if (before.isObject() && after.isObject()) {
      var names = new LinkedHashSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (var name : names) {
        var inner = path.isEmpty() ? name : path + "." + name;
        compare(inner, before.get(name), after.get(name), differences);
      }
    } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        compare(path + "[" + i + "]", before.get(i), after.get(i), differences);
      }
    } else if (!before.equals(after)) {
      differences.add(path + ": " + words(before) + " → " + words(after));
    }
  }

  private static String words(@Nullable JsonNode value) {
    if (value == null) {
      return "nothing";
    }
    var text = value.isString() ? value.stringValue() : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
