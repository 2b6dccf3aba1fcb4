package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.List;

/// A part of an expression, as far as its cost depends on it.
///
/// @param path where in the object its value is; empty if it is nowhere
record EstimatedNode(CelExpr expression, List<String> path, CelType type, Span size) {

  boolean isText() {
    return type.kind() == CelKind.STRING || type.kind() == CelKind.BYTES;
  }
}
