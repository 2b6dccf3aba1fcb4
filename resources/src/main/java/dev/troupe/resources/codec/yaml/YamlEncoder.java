package dev.troupe.resources.codec.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes trees as YAML, keys sorted, as Kubernetes does. Text that a reader of YAML 1.1 would take
/// for something else is quoted.
public final class YamlEncoder {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setWidth(Integer.MAX_VALUE).setSplitLines(false).build();
  private static final ImplicitTuple ANY_STYLE = new ImplicitTuple(true, true);
  private static final int MAX_SIMPLE_KEY = 128;

  private YamlEncoder() {}

  public static byte[] encode(JsonNode value) {
    var events = new ArrayList<Event>();
    events.add(new StreamStartEvent());
    events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    add(events, value);
    events.add(new DocumentEndEvent(false));
    events.add(new StreamEndEvent());
    return new Present(SETTINGS).emitToString(events.iterator()).getBytes(StandardCharsets.UTF_8);
  }

  private static void add(List<Event> events, JsonNode value) {
    switch (value) {
      case ObjectNode object -> map(events, object);
      case ArrayNode list -> list(events, list);
      default -> events.add(scalar(value));
    }
  }

  private static void map(List<Event> events, ObjectNode object) {
    events.add(
        new MappingStartEvent(
            Optional.empty(),
            Optional.empty(),
            true,
            style(object),
            Optional.empty(),
            Optional.empty()));
    object.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> {
          events.add(text(entry.getKey(), entry.getKey().length() <= MAX_SIMPLE_KEY));
          add(events, entry.getValue());
        });
    events.add(new MappingEndEvent());
  }

  private static void list(List<Event> events, ArrayNode list) {
    events.add(
        new SequenceStartEvent(
            Optional.empty(),
            Optional.empty(),
            true,
            style(list),
            Optional.empty(),
            Optional.empty()));
    list.forEach(item -> add(events, item));
    events.add(new SequenceEndEvent());
  }

  private static FlowStyle style(JsonNode container) {
    return container.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  private static Event scalar(JsonNode value) {
    return value.isString()
        ? text(value.stringValue(), true)
        : scalar(value.isNull() ? "null" : value.asString(), ScalarStyle.PLAIN);
  }

  private static Event text(String text, boolean mayBePlain) {
    if (text.contains("\n")) {
      return scalar(text, mayBePlain ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
    }
    return scalar(
        text, mayBePlain && !isMistakable(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  private static boolean isMistakable(String text) {
    return text.isEmpty()
        || "0123456789+-.=<".indexOf(text.charAt(0)) >= 0
        || !YamlScalar.resolve(text).isString();
  }

  private static Event scalar(String text, ScalarStyle style) {
    return new ScalarEvent(Optional.empty(), Optional.empty(), ANY_STYLE, text, style);
  }
}
