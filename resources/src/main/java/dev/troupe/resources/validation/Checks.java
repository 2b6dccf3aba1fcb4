package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules that many fields share.
public final class Checks {

  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_NAME = 15;
  private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

  private Checks() {}

  public static void notNegative(
      @Nullable ObjectNode parent, String field, Path path, FieldErrors errors) {
    var value = Json.number(parent, field);
    if (value != null && value < 0) {
      errors.invalid(path.child(field), value, "must be greater than or equal to 0");
    }
  }

  public static void required(
      @Nullable ObjectNode parent, String field, Path path, FieldErrors errors) {
    if (Json.text(parent, field).isEmpty()) {
      errors.required(path.child(field), "");
    }
  }

  public static void oneOf(
      @Nullable ObjectNode parent,
      String field,
      List<String> values,
      Path path,
      FieldErrors errors) {
    var value = Json.text(parent, field);
    if (!value.isEmpty() && !values.contains(value)) {
      errors.notSupported(path.child(field), value, values);
    }
  }

  public static void requiredOneOf(
      @Nullable ObjectNode parent,
      String field,
      List<String> values,
      Path path,
      FieldErrors errors) {
    required(parent, field, path, errors);
    oneOf(parent, field, values, path, errors);
  }

  /// Applies a rule to a text unless it is empty.
  public static void text(
      @Nullable ObjectNode parent,
      String field,
      Function<String, Optional<String>> rule,
      Path path,
      FieldErrors errors) {
    var value = Json.text(parent, field);
    if (!value.isEmpty()) {
      rule.apply(value).ifPresent(wrong -> errors.invalid(path.child(field), value, wrong));
    }
  }

  public static void portNumber(long port, Path path, FieldErrors errors) {
    if (port < 1 || port > MAX_PORT) {
      errors.invalid(path, port, "must be between 1 and 65535, inclusive");
    }
  }

  public static void portName(String name, Path path, FieldErrors errors) {
    if (name.length() > MAX_PORT_NAME) {
      errors.invalid(path, name, "must be no more than 15 characters");
    } else if (!PORT_NAME.matcher(name).matches()) {
      errors.invalid(
          path, name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    } else if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
      errors.invalid(path, name, "must contain at least one letter (a-z)");
    } else if (name.contains("--")) {
      errors.invalid(path, name, "must not contain consecutive hyphens");
    } else if (name.startsWith("-") || name.endsWith("-")) {
      errors.invalid(path, name, "must not begin or end with a hyphen");
    }
  }

  public static void portNumberOrName(@Nullable JsonNode port, Path path, FieldErrors errors) {
    if (port != null && port.isString()) {
      portName(port.stringValue(), path, errors);
    } else {
      portNumber(port != null && port.canConvertToLong() ? port.asLong(0) : 0, path, errors);
    }
  }

  public static void countOrPercent(
      @Nullable ObjectNode parent, String field, Path path, FieldErrors errors) {
    var value = Json.get(parent, field);
    if (value == null) {
      return;
    }
    if (!value.isString()) {
      notNegative(parent, field, path, errors);
    } else if (!PERCENT.matcher(value.stringValue()).matches()) {
      errors.invalid(
          path.child(field),
          value,
          "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
              + " or '93%', regex used for validation is '[0-9]+%')");
    }
  }

  /// A number of a user or group.
  public static void id(@Nullable ObjectNode parent, String field, Path path, FieldErrors errors) {
    range(Json.number(parent, field), 0, Integer.MAX_VALUE, path.child(field), errors);
  }

  public static void range(
      @Nullable Long value, long least, long most, Path path, FieldErrors errors) {
    if (value != null && (value < least || value > most)) {
      errors.invalid(path, value, "must be between " + least + " and " + most + ", inclusive");
    }
  }

  /// A path of a file that stays below where it begins.
  public static void localPath(String file, Path path, FieldErrors errors) {
    if (file.startsWith("/")) {
      errors.invalid(path, file, "must be a relative path");
    }
    noBacksteps(file, path, errors);
  }

  /// Such a path, of which the names that begin with two dots are not anybody's.
  public static void ownPath(String file, Path path, FieldErrors errors) {
    localPath(file, path, errors);
    if (file.startsWith("..") && !file.startsWith("../")) {
      errors.invalid(path, file, "must not start with '..'");
    }
  }

  public static void noBacksteps(String file, Path path, FieldErrors errors) {
    if (List.of(file.split("/", -1)).contains("..")) {
      errors.invalid(path, file, "must not contain '..'");
    }
  }
}
