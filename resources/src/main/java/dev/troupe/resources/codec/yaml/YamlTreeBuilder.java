package dev.troupe.resources.codec.yaml;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.yaml.YamlDecoder.YamlRefusal;
import dev.troupe.resources.schema.DocumentPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Builds a tree from the events of one YAML document.
final class YamlTreeBuilder {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// How many nodes aliases may add to a document, so that a small one cannot grow without bound.
  private static final int MAX_ALIASED_NODES = 100_000;

  static final String NO_CHARACTER = "found invalid Unicode character escape code";

  private final Iterator<Event> events;
  private final DocumentPath path = new DocumentPath();
  private final List<String> duplicates = new ArrayList<>(0);
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private int aliasedNodes;
  private int depth;

  YamlTreeBuilder(Iterator<Event> events) {
    this.events = events;
  }

  List<String> duplicates() {
    return duplicates;
  }

  /// The first document; JSON's null if the stream is empty.
  JsonNode document() {
    while (events.hasNext()) {
      if (events.next().getEventId() == Event.ID.DocumentStart) {
        var value = value(events.next());
        events.next();
        requireEnd(events.next());
        return value;
      }
    }
    return NODES.nullNode();
  }

  /// Asking for what follows makes the parser complain about what may not follow.
  private static void requireEnd(Event event) {
    if (event.getEventId() != Event.ID.DocumentStart && event.getEventId() != Event.ID.StreamEnd) {
      throw new YamlRefusal("did not find the end of the document");
    }
  }

  private JsonNode value(Event event) {
    if (++depth > JsonDecoder.MAX_DEPTH) {
      throw new YamlRefusal("exceeded max depth of " + JsonDecoder.MAX_DEPTH);
    }
    var value =
        switch (event) {
          case ScalarEvent scalar -> remember(scalar.getAnchor(), scalar(scalar));
          case SequenceStartEvent start -> remember(start.getAnchor(), list());
          case MappingStartEvent start -> remember(start.getAnchor(), map());
          case AliasEvent alias -> copy(anchored(alias.getAlias()));
          default -> throw new IllegalStateException("no value begins with " + event);
        };
    depth--;
    return value;
  }

  private JsonNode remember(Optional<Anchor> anchor, JsonNode value) {
    anchor.ifPresent(name -> anchors.put(name.getValue(), value));
    return value;
  }

  private JsonNode anchored(Anchor alias) {
    var value = anchors.get(alias.getValue());
    if (value == null) {
      throw new YamlRefusal("unknown anchor '" + alias.getValue() + "' referenced");
    }
    return value;
  }

  private JsonNode copy(JsonNode value) {
    if (++aliasedNodes > MAX_ALIASED_NODES) {
      throw new YamlRefusal("document contains excessive aliasing");
    }
    return switch (value) {
      case ObjectNode object -> {
        var copy = NODES.objectNode();
        object.properties().forEach(entry -> copy.set(entry.getKey(), copy(entry.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = NODES.arrayNode(array.size());
        array.forEach(item -> copy.add(copy(item)));
        yield copy;
      }
      default -> value;
    };
  }

  private ArrayNode list() {
    var list = NODES.arrayNode();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      path.enterItem(list.size());
      list.add(value(event));
      path.leave();
    }
    return list;
  }

  private ObjectNode map() {
    var map = NODES.objectNode();
    var merged = new ArrayList<JsonNode>(0);
    for (var event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (isMergeKey(event)) {
        merged.add(value(events.next()));
      } else {
        entry(map, key(event));
      }
    }
    merged.forEach(source -> merge(map, source));
    return map;
  }

  private void entry(ObjectNode map, String key) {
    path.enterField(key);
    if (map.replace(key, value(events.next())) != null) {
      duplicates.add(path.text());
    }
    path.leave();
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().equals("<<");
  }

  private static void merge(ObjectNode map, JsonNode source) {
    switch (source) {
      case ObjectNode object ->
          object.properties().forEach(entry -> map.putIfAbsent(entry.getKey(), entry.getValue()));
      case ArrayNode list when list.valueStream().allMatch(JsonNode::isObject) ->
          list.forEach(item -> merge(map, item));
      default -> throw new YamlRefusal("map merge requires map or sequence of maps as the value");
    }
  }

  private String key(Event event) {
    var key = value(event);
    if (key.isContainer() || key.isNull()) {
      throw new YamlRefusal("unsupported map key: " + key);
    }
    return key.asString();
  }

  private static JsonNode scalar(ScalarEvent event) {
    if (event.isDQuoted() && event.getValue().codePoints().anyMatch(YamlTreeBuilder::isHalf)) {
      throw new YamlRefusal(NO_CHARACTER);
    }
    var tag = event.getTag().orElse("");
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN && tag.isEmpty();
    boolean resolved =
        switch (tag) {
          case "tag:yaml.org,2002:int",
              "tag:yaml.org,2002:float",
              "tag:yaml.org,2002:bool",
              "tag:yaml.org,2002:null" ->
              true;
          default -> plain;
        };
    return resolved ? YamlScalar.resolve(event.getValue()) : NODES.stringNode(event.getValue());
  }

  /// Half of a pair of surrogates, which an escape can make alone, and which no text can have.
  private static boolean isHalf(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }
}
