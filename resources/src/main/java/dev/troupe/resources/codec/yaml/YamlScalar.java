package dev.troupe.resources.codec.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a plain scalar of YAML 1.1 means in JSON.
final class YamlScalar {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?");
  private static final int MAX_NUMBER_LENGTH = 400;

  private YamlScalar() {}

  static JsonNode resolve(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" ->
          NODES.booleanNode(true);
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" ->
          NODES.booleanNode(false);
      default -> number(text);
    };
  }

  private static JsonNode number(String text) {
    char first = text.charAt(0);
    boolean possible =
        (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    if (!possible || text.length() > MAX_NUMBER_LENGTH) {
      return NODES.stringNode(text);
    }
    var integer = integer(text.replace("_", ""));
    if (integer != null) {
      return node(integer);
    }
    return FLOAT.matcher(text).matches() ? decimal(text) : NODES.stringNode(text);
  }

  private static @Nullable BigInteger integer(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    var digits = signed ? text.substring(1) : text;
    int radix = radix(digits);
    var significant =
        radix == 10 ? digits : digits.substring(radix == 8 && !isPrefixed(digits) ? 1 : 2);
    if (significant.isEmpty()
        || !significant.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
      return null;
    }
    var value = new BigInteger(significant, radix);
    return text.startsWith("-") ? value.negate() : value;
  }

  private static int radix(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      case '0', '1', '2', '3', '4', '5', '6', '7', 'o', 'O' -> 8;
      default -> 10;
    };
  }

  private static boolean isPrefixed(String digits) {
    return digits.charAt(1) == 'o' || digits.charAt(1) == 'O';
  }

  /// As Go prints a float in JSON: without trailing zeros.
  private static JsonNode decimal(String text) {
    var value = new BigDecimal(text).stripTrailingZeros();
    return value.scale() <= 0 && value.precision() - value.scale() <= 21
        ? node(value.toBigIntegerExact())
        : NODES.numberNode(value);
  }

  private static JsonNode node(BigInteger value) {
    if (value.bitLength() < 32) {
      return NODES.numberNode(value.intValueExact());
    }
    return value.bitLength() < 64
        ? NODES.numberNode(value.longValueExact())
        : NODES.numberNode(value);
  }
}
