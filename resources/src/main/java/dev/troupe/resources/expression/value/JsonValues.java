package dev.troupe.resources.expression.value;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.troupe.resources.expression.type.ExpressionType;
import dev.troupe.resources.schema.value.Base64Text;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes values of JSON, no deeper than they are looked at.
public final class JsonValues {

  private JsonValues() {}

  /// @throws WrongValue if the JSON is not what its type says
  public static Object of(JsonNode json, ExpressionType type) {
    if (json.isNull()) {
      if (type.nullable()) {
        return NullValue.NULL_VALUE;
      }
      throw new WrongValue("invalid data, got null for schema with nullable=false");
    }
    return switch (type.form()) {
      case OBJECT, MAP -> entries(json, type);
      case LIST -> items(json, type);
      case STRING -> text(json);
      case BYTES -> bytes(text(json));
      case DURATION -> duration(text(json));
      case DATE -> date(text(json));
      case TIMESTAMP -> timestamp(text(json));
      case BOOLEAN -> truth(json);
      case NUMBER -> number(json);
      case INTEGER -> integer(json);
      case INT_OR_STRING -> json.isString() ? json.stringValue() : integer(json);
    };
  }

  private static Object entries(JsonNode json, ExpressionType type) {
    if (json instanceof ObjectNode object) {
      return new ObjectValue(object, type);
    }
    throw new WrongValue("invalid data, expected a map for the provided schema with type=object");
  }

  private static Object items(JsonNode json, ExpressionType type) {
    if (json instanceof ArrayNode array) {
      return new ListValue(array, type);
    }
    throw new WrongValue("invalid data, expected an array for the provided schema with type=array");
  }

  private static String text(JsonNode json) {
    if (json.isString()) {
      return json.stringValue();
    }
    throw wrong("string", json);
  }

  private static Object truth(JsonNode json) {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    throw wrong("bool", json);
  }

  private static Object number(JsonNode json) {
    if (json.isNumber()) {
      return json.doubleValue();
    }
    throw wrong("float", json);
  }

  private static Object integer(JsonNode json) {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    throw wrong("int", json);
  }

  private static WrongValue wrong(String expected, JsonNode json) {
    var found = json.getNodeType().toString().toLowerCase(Locale.ROOT);
    return new WrongValue("invalid data, expected " + expected + ", got " + found);
  }

  private static CelByteString bytes(String text) {
    try {
      return CelByteString.of(Base64.getDecoder().decode(Base64Text.canonical(text)));
    } catch (IllegalArgumentException e) {
      throw new WrongValue("Invalid byte formatted string " + text + ": " + e.getMessage());
    }
  }

  private static Duration duration(String text) {
    return GoDurations.parse(text).orElseThrow(() -> new WrongValue("Invalid duration " + text));
  }

  private static Instant date(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new WrongValue("Invalid date formatted string " + text + ": " + e.getMessage());
    }
  }

  private static Instant timestamp(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new WrongValue("Invalid date-time formatted string " + text + ": " + e.getMessage());
    }
  }
}
