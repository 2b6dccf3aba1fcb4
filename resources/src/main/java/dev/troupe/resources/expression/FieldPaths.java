package dev.troupe.resources.expression;

import dev.troupe.resources.expression.type.SchemaFacts;
import dev.troupe.resources.validation.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Paths to a field of what a rule is about: `.spec.limits['cpu']`.
final class FieldPaths {

  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]]+)|\\['((?:[^'\\\\]|\\\\[abfnrtv'\\\\])*+)'\\]");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private FieldPaths() {}

  /// The path as it is told; empty if no such field can be.
  static Optional<String> read(String text, ObjectNode schema) {
    var steps = STEP.matcher(text);
    var path = Path.ROOT;
    @Nullable ObjectNode place = schema;
    int end = 0;
    while (end < text.length() && place != null) {
      if (!steps.find(end) || steps.start() != end) {
        return Optional.empty();
      }
      end = steps.end();
      var name = steps.group(1) == null ? unescaped(steps.group(2)) : steps.group(1);
      boolean named = SchemaFacts.hasProperties(place);
      path = named ? path.child(name) : path.key(name);
      place = named ? SchemaFacts.property(place, name) : SchemaFacts.values(place);
    }
    return place == null ? Optional.empty() : Optional.of(path.toString());
  }

  private static String unescaped(String text) {
    return ESCAPE.matcher(text).replaceAll(found -> character(found.group(1)));
  }

  private static String character(String escaped) {
    return switch (escaped.charAt(0)) {
      case 'a' -> "\u0007";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000b";
      case '\'' -> "'";
      default -> "\\\\";
    };
  }
}
