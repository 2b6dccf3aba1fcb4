package dev.troupe.resources.structural;

import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/// What was found when a value was held against a schema, and how much of the schema it matched: of
/// alternatives that all fail, the one that matches most says why.
final class Findings {

  /// More are not told, whatever the value.
  private static final int MAX = 200;

  /// @param blocking whether the value is so wrong that no rule can be evaluated on it
  private record Finding(
      String name, String words, boolean blocking, BiConsumer<FieldErrors, Path> telling) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Finding(var otherName, var otherWords, _, _)
          && otherName.equals(name)
          && otherWords.equals(words);
    }

    @Override
    public int hashCode() {
      return name.hashCode() * 31 + words.hashCode();
    }
  }

  private final Set<Finding> all = new LinkedHashSet<>(0);
  private int matches;

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean isBlocking() {
    return all.stream().anyMatch(Finding::blocking);
  }

  int matches() {
    return matches;
  }

  void match() {
    matches++;
  }

  void merge(Findings other) {
    other.all.forEach(this::add);
    matches += other.matches;
  }

  /// Forgets what is wrong: it was so before.
  void pardon() {
    all.clear();
  }

  private void add(Finding finding) {
    if (all.size() < MAX) {
      all.add(finding);
    }
  }

  private void add(
      Path name, String words, boolean blocking, BiConsumer<FieldErrors, Path> telling) {
    if (all.size() < MAX) {
      all.add(new Finding(name.toString(), words, blocking, telling));
    }
  }

  /// @param words after the name of the value
  void invalid(Path name, Object value, String words) {
    var text = inBody(name) + words;
    add(name, text, false, (errors, at) -> errors.invalid(at, value, text));
  }

  void wrongType(Path name, String expected, String actual) {
    var text = inBody(name) + "must be of type " + expected + ": " + FieldErrors.quoted(actual);
    add(name, text, true, (errors, at) -> errors.wrongType(at, actual, text));
  }

  void required(Path name) {
    add(name, "required", true, (errors, at) -> errors.required(at, ""));
  }

  void unsupported(Path name, Object value, List<String> supported) {
    add(name, "enum", true, (errors, at) -> errors.notSupported(at, value, supported));
  }

  void tooLong(Path name, int most) {
    add(name, "length", true, (errors, at) -> errors.tooLong(at, most));
  }

  void tooMany(Path name, int actual, int most) {
    add(name, "count", true, (errors, at) -> errors.tooMany(at, actual, most));
  }

  void forbidden(Path name, String field) {
    var text =
        name.toString().isEmpty()
            ? "." + field + " in body is a forbidden property"
            : name.child(field) + " in body is a forbidden property";
    add(name, text, false, (errors, at) -> errors.invalid(at, field, text));
  }

  /// What has no place of its own.
  void general(String text) {
    add(Path.ROOT, text, false, (errors, at) -> errors.invalid(at, "", text));
  }

  private static String inBody(Path name) {
    return name + " in body ";
  }

  /// @param base where the value that was looked at is
  void tell(FieldErrors errors, Path base) {
    for (var finding : all) {
      finding
          .telling()
          .accept(errors, finding.name().isEmpty() ? base : base.child(finding.name()));
    }
  }

  /// A value of an enumeration as it is told.
  static String word(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
