package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldError.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Collects what is wrong with one object. Not thread-safe.
///
/// What is said is bounded, whatever was sent: a list of megabytes may be wrong once per item, and
/// each time with the whole list. Values that no longer fit are left out, and what comes after that
/// is not said.
public final class FieldErrors {

  public static final String IMMUTABLE = "field is immutable";
  private static final int MAX = 1_000;
  private static final int MAX_CHARACTERS = 1024 * 1024;

  private final List<FieldError> errors = new ArrayList<>(0);
  private int left = MAX_CHARACTERS;

  public List<FieldError> all() {
    return List.copyOf(errors);
  }

  /// What others have found as well.
  public void addAll(FieldErrors others) {
    others.errors.forEach(this::add);
  }

  /// The same, in an order that does not depend on who looked when.
  public void addSorted(FieldErrors others) {
    others.errors.stream().sorted(Comparator.comparing(FieldError::toString)).forEach(this::add);
  }

  private void add(FieldError error) {
    if (errors.size() < MAX && left > 0) {
      left -= error.field().length() + error.body().length();
      errors.add(error);
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public void required(Path path, String detail) {
    add(Problem.REQUIRED, path, () -> "", detail);
  }

  /// @param value a string, number or boolean, or a JSON value
  public void invalid(Path path, @Nullable Object value, String detail) {
    add(Problem.INVALID, path, () -> words(value), detail);
  }

  /// @param value as for [#invalid]
  public void wrongType(Path path, @Nullable Object value, String detail) {
    add(Problem.TYPE_INVALID, path, () -> words(value), detail);
  }

  public void notSupported(Path path, Object value, Collection<String> supported) {
    var values = supported.stream().map(FieldErrors::quoted).collect(Collectors.joining(", "));
    add(Problem.NOT_SUPPORTED, path, () -> words(value), "supported values: " + values);
  }

  public void duplicate(Path path, @Nullable Object value) {
    add(Problem.DUPLICATE, path, () -> words(value), "");
  }

  public void forbidden(Path path, String detail) {
    add(Problem.FORBIDDEN, path, () -> "", detail);
  }

  public void tooLong(Path path, int maxBytes) {
    add(Problem.TOO_LONG, path, () -> "", "may not be more than " + maxBytes + " bytes");
  }

  public void tooMany(Path path, int actual, int most) {
    add(
        Problem.TOO_MANY,
        path,
        () -> Integer.toString(actual),
        "must have at most " + most + " items");
  }

  public void notFound(Path path, @Nullable Object value) {
    add(Problem.NOT_FOUND, path, () -> words(value), "");
  }

  public void notFound(Path path, @Nullable Object value, String detail) {
    add(Problem.NOT_FOUND, path, () -> words(value), detail);
  }

  public void immutable(Path path, @Nullable JsonNode value, @Nullable JsonNode old) {
    if (!Json.same(value, old)) {
      invalid(path, value, IMMUTABLE);
    }
  }

  private void add(Problem problem, Path path, Supplier<String> value, String detail) {
    if (errors.size() >= MAX || left <= 0) {
      return;
    }
    var text = path.toString();
    var words = value.get();
    if (words.length() > left) {
      words = "";
      left = 0;
    }
    var body =
        problem.words()
            + (words.isEmpty() ? "" : ": " + words)
            + (detail.isEmpty() ? "" : ": " + detail);
    left -= text.length() + body.length();
    errors.add(new FieldError(problem, text.isEmpty() ? "<nil>" : text, body));
  }

  private static String words(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quoted(text);
      case JsonNode node when node.isString() -> quoted(node.stringValue());
      default -> value.toString();
    };
  }

  /// As Go's `%q` writes a string.
  public static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\x%02x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
