package dev.troupe.resources.codec;

import dev.troupe.resources.schema.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Builds a tree from tokens and notes keys that come twice.
final class TreeBuilder {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final boolean repairs;
  private final DocumentPath path = new DocumentPath();
  private final List<String> duplicates = new ArrayList<>(0);

  /// @param repairs whether halves of surrogate pairs are to be replaced, as Go does; they can only
  ///   come from escapes
  TreeBuilder(JsonParser parser, boolean repairs) {
    this.parser = parser;
    this.repairs = repairs;
  }

  List<String> duplicates() {
    return duplicates;
  }

  /// The value that begins at the current token.
  JsonNode value() {
    return value(parser.currentToken());
  }

  private JsonNode value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.stringNode(text(parser.getString()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalStateException("no value begins with " + token);
    };
  }

  private String text(String read) {
    return repairs ? Utf8.repaired(read) : read;
  }

  private JsonNode integer() {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private ObjectNode object() {
    var object = NODES.objectNode();
    for (var key = parser.nextName(); key != null; key = parser.nextName()) {
      var name = text(key);
      path.enterField(name);
      if (object.replace(name, value(parser.nextToken())) != null) {
        duplicates.add(path.text());
      }
      path.leave();
    }
    return object;
  }

  private ArrayNode array() {
    var array = NODES.arrayNode();
    int index = 0;
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      path.enterItem(index++);
      array.add(value(token));
      path.leave();
    }
    return array;
  }
}
