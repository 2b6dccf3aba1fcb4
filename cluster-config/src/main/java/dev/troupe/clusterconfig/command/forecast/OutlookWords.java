package dev.troupe.clusterconfig.command.forecast;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.testkit.world.forecast.Outlook;
import dev.troupe.testkit.world.forecast.Outlook.Difference;
import dev.troupe.testkit.world.forecast.Outlook.Fate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a forecast says, for people and for programs. What is said of many objects alike is said
/// once.
final class OutlookWords {

  private static final int SHOWN = 3;

  private OutlookWords() {}

  static void print(Outlook outlook, PrintWriter out) {
    if (outlook.differences().isEmpty() && outlook.waits().isEmpty()) {
      out.println("nothing would be different");
    }
    grouped(outlook.differences(), OutlookWords::alike).forEach((_, group) -> print(group, out));
    grouped(outlook.waits(), wait -> wait.controller() + wait.subject() + wait.explanation())
        .forEach((_, group) -> {
          var wait = group.getFirst();
          out.printf(
              "%s would wait for %s with %s: %s%n",
              wait.controller(),
              wait.subject(),
              names(group.stream().map(Outlook.Waiting::key).toList()),
              wait.explanation());
        });
    for (var failing : outlook.failures()) {
      out.printf(
          "%s would fail with %s: %s%n",
          failing.controller(), name(failing.key()), failing.message());
    }
  }

  private static String alike(Difference difference) {
    return difference.fate()
        + "/"
        + difference.key().type()
        + "/"
        + difference.owner()
        + "/"
        + difference.fields();
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
    var groups = new LinkedHashMap<String, List<T>>();
    all.forEach(one -> groups.computeIfAbsent(by.apply(one), _ -> new ArrayList<>()).add(one));
    return groups;
  }

  private static void print(List<Difference> group, PrintWriter out) {
    var first = group.getFirst();
    var owner = first.owner().isEmpty() ? "" : ", of " + first.owner();
    out.printf(
        "%s %s%s%n",
        switch (first.fate()) {
          case CREATED -> "creates";
          case CHANGED -> "changes";
          case DELETED -> "deletes";
        },
        names(group.stream().map(Difference::key).toList()),
        first.fate() == Fate.CHANGED ? "" : owner);
    first.fields().forEach(field -> out.println("    " + field));
  }

  private static String names(List<ResourceKey> keys) {
    if (keys.size() <= SHOWN) {
      return String.join(", ", keys.stream().map(OutlookWords::name).toList());
    }
    return "%d %s".formatted(keys.size(), keys.getFirst().type());
  }

  private static String name(ResourceKey key) {
    var in = key.namespace().isEmpty() ? "" : key.namespace() + "/";
    return key.type() + " " + in + key.name();
  }

  static ObjectNode document(Outlook outlook) {
    var document = JsonNodeFactory.instance.objectNode();
    var differences = document.putArray("differences");
    for (var one : outlook.differences()) {
      var json = object(one.key(), differences.addObject());
      json.put("fate", one.fate().name().toLowerCase(Locale.ROOT)).put("owner", one.owner());
      var fields = json.putArray("fields");
      one.fields().forEach(fields::add);
    }
    var waits = document.putArray("waits");
    for (var one : outlook.waits()) {
      object(one.key(), waits.addObject())
          .put("controller", one.controller())
          .put("for", one.subject())
          .put("explanation", one.explanation());
    }
    var failures = document.putArray("failures");
    for (var one : outlook.failures()) {
      object(one.key(), failures.addObject())
          .put("controller", one.controller())
          .put("message", one.message());
    }
    return document;
  }

  private static ObjectNode object(ResourceKey key, ObjectNode json) {
    json.putObject("object")
        .put("resource", key.type().toString())
        .put("namespace", key.namespace())
        .put("name", key.name());
    return json;
  }
}
