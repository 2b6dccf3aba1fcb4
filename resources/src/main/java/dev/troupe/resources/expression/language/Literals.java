package dev.troupe.resources.expression.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.RuntimeHelpers;
import dev.troupe.resources.expression.notation.RegularExpression;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Looks at the patterns, times and durations that are written in an expression, which are wrong
/// whatever the object.
final class Literals {

  private Literals() {}

  /// @throws Miswritten if one is wrong
  static void check(CelAbstractSyntaxTree ast) {
    CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.CALL)
        .map(CelNavigableExpr::expr)
        .forEach(call -> check(ast, call));
  }

  private static void check(CelAbstractSyntaxTree ast, CelExpr expression) {
    var call = expression.call();
    var last = call.args().isEmpty() ? null : call.args().getLast();
    if (last == null
        || last.getKind() != Kind.CONSTANT
        || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    var complaint = complaint(call.function(), last.constant().stringValue());
    if (complaint.isPresent()) {
      throw new Miswritten(Complaints.at(place(ast, last), ast.getSource(), complaint.get()));
    }
  }

  private static CelSourceLocation place(CelAbstractSyntaxTree ast, CelExpr expression) {
    var source = ast.getSource();
    return Optional.ofNullable(source.getPositionsMap().get(expression.id()))
        .flatMap(source::getOffsetLocation)
        .orElse(CelSourceLocation.NONE);
  }

  private static Optional<String> complaint(String function, String text) {
    return switch (function) {
      case "matches", "find", "findAll" -> unless(() -> RegularExpression.of(text), "matches");
      case "duration" -> unless(() -> RuntimeHelpers.createJavaDurationFromString(text), function);
      case "timestamp" -> unless(() -> OffsetDateTime.parse(text), function);
      default -> Optional.empty();
    };
  }

  private static Optional<String> unless(Runnable reading, String kind) {
    try {
      reading.run();
      return Optional.empty();
    } catch (DateTimeException | IllegalArgumentException _) {
      return Optional.of("invalid " + kind + " argument");
    }
  }
}
