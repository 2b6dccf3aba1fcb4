package dev.troupe.resources.expression.language;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationResult;
import dev.cel.common.Source;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is wrong with an expression, as Kubernetes says it.
final class Complaints {

  private static final String FAILED = "compilation failed: ";
  private static final int MOST = 20;
  private static final Pattern CANDIDATES =
      Pattern.compile(" \\(candidates: .*\\)$", Pattern.DOTALL);

  private Complaints() {}

  static String ofParser(CelValidationResult result) {
    return FAILED + all(result, message -> "Syntax error: " + message);
  }

  static String ofChecker(CelValidationResult result) {
    return FAILED + all(result, message -> CANDIDATES.matcher(message).replaceAll(""));
  }

  static String at(CelSourceLocation where, Source source, String message) {
    return FAILED + CelIssue.formatError(where, message).toDisplayString(source);
  }

  private static String all(CelValidationResult result, UnaryOperator<String> words) {
    return result.getErrors().stream()
        .limit(MOST)
        .map(issue ->
            CelIssue.formatError(issue.getSourceLocation(), words.apply(issue.getMessage())))
        .map(issue -> issue.toDisplayString(result.getSource()))
        .collect(Collectors.joining("\n"));
  }
}
