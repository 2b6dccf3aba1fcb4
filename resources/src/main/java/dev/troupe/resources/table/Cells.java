package dev.troupe.resources.table;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.selector.InvalidSelectorException;
import dev.troupe.resources.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What cells of several kinds have in common.
public final class Cells {

  public static final String NONE = "<none>";
  public static final String UNKNOWN = "<unknown>";

  private Cells() {}

  public static String name(JsonNode object) {
    return Json.text(object.get("metadata"), "name");
  }

  public static String age(JsonNode object, Instant now) {
    return since(Json.text(object.get("metadata"), "creationTimestamp"), now);
  }

  public static String since(String timestamp, Instant now) {
    return time(timestamp).map(then -> since(then, now)).orElse(UNKNOWN);
  }

  public static String since(Instant then, Instant now) {
    return HumanDuration.of(Duration.between(then, now));
  }

  public static Optional<Instant> time(String timestamp) {
    try {
      return timestamp.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(timestamp));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  public static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  public static long number(@Nullable JsonNode parent, String field) {
    return Json.number(parent, field, 0);
  }

  /// The values of one field of all items, with commas.
  public static String joined(@Nullable JsonNode parent, String list, String field) {
    return Json.objects(parent, list).stream()
        .map(item -> Json.text(item, field))
        .collect(Collectors.joining(","));
  }

  public static String labels(@Nullable JsonNode parent, String field) {
    var sorted = new TreeMap<String, String>();
    for (var label : Json.entries(parent, field)) {
      sorted.put(label.getKey(), label.getValue().asString(""));
    }
    return orNone(
        sorted.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
  }

  public static String selector(@Nullable JsonNode selector) {
    try {
      return orNone(LabelSelector.from(selector).toString());
    } catch (InvalidSelectorException _) {
      return "<invalid>";
    }
  }
}
