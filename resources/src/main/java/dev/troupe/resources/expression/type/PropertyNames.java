package dev.troupe.resources.expression.type;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The names of properties as identifiers of expressions, which know no dots and dashes.
public final class PropertyNames {

  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");
  private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");
  private static final Pattern SPECIAL = Pattern.compile("__|[-./]");

  private PropertyNames() {}

  /// Empty if expressions cannot say the name.
  public static Optional<String> identifier(String property) {
    if (RESERVED.contains(property)) {
      return Optional.of("__" + property + "__");
    }
    return PROPERTY.matcher(property).matches()
        ? Optional.of(SPECIAL.matcher(property).replaceAll(PropertyNames::escaped))
        : Optional.empty();
  }

  private static String escaped(MatchResult special) {
    return switch (special.group().charAt(0)) {
      case '.' -> "__dot__";
      case '-' -> "__dash__";
      case '/' -> "__slash__";
      default -> "__underscores__";
    };
  }
}
