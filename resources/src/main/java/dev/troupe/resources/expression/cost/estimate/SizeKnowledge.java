package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.type.ExpressionType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the sizes of the values of an expression's parts, while it is walked through.
final class SizeKnowledge {

  private static final Set<String> ACCUMULATORS = Set.of("__result__", "@result");

  private record Local(List<String> path, @Nullable Span size, @Nullable EntrySizes entries) {}

  private final CelAbstractSyntaxTree ast;
  private final ExpressionType self;
  private final Map<Long, List<String>> paths = new HashMap<>();
  private final Map<Long, Span> sizes = new HashMap<>();
  private final Map<Long, EntrySizes> entries = new HashMap<>();
  private final Map<String, Deque<Local>> locals = new HashMap<>();

  SizeKnowledge(CelAbstractSyntaxTree ast, ExpressionType self) {
    this.ast = ast;
    this.self = self;
  }

  static boolean isAccumulator(String variable) {
    return ACCUMULATORS.contains(variable);
  }

  CelType type(CelExpr expression) {
    return ast.getType(expression.id()).orElse(SimpleType.DYN);
  }

  /// What is at a path that begins with a variable.
  @Nullable ExpressionType at(List<String> path) {
    var type = self;
    for (var step : path.subList(1, path.size())) {
      type = type.step(step);
      if (type == null) {
        return null;
      }
    }
    return type;
  }

  EstimatedNode node(CelExpr expression) {
    var path = path(expression);
    var visible = !path.isEmpty() && isAccumulator(path.getFirst()) ? List.<String>of() : path;
    return new EstimatedNode(expression, visible, type(expression), sizeOrUnknown(expression));
  }

  void nameIdentifier(CelExpr expression) {
    var name = expression.ident().name();
    var local = local(name);
    paths.put(expression.id(), local == null ? List.of(name) : local.path());
  }

  void extend(CelExpr expression, CelExpr operand, String step) {
    paths.put(expression.id(), extended(path(operand), step));
  }

  private static List<String> extended(List<String> path, String step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private List<String> path(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      var local = local(expression.ident().name());
      if (local != null) {
        return local.path();
      }
    }
    return paths.getOrDefault(expression.id(), List.of());
  }

  private @Nullable Local local(String name) {
    var stack = locals.get(name);
    return stack == null ? null : stack.peek();
  }

  void bind(String variable, CelExpr value) {
    push(variable, new Local(path(value), size(value), entries(value)));
  }

  void iterateKeys(String variable, CelExpr range) {
    var known = entries(range);
    var step = isList(range, known) ? "@indices" : "@keys";
    push(
        variable, new Local(extended(path(range), step), known == null ? null : known.key(), null));
  }

  void iterateValues(String variable, CelExpr range) {
    var known = entries(range);
    var step = isList(range, known) ? "@items" : "@values";
    push(
        variable,
        new Local(extended(path(range), step), known == null ? null : known.value(), null));
  }

  void iterate(String variable, CelExpr range) {
    if (isList(range, entries(range))) {
      iterateValues(variable, range);
    } else {
      iterateKeys(variable, range);
    }
  }

  private boolean isList(CelExpr range, @Nullable EntrySizes known) {
    return known == null ? type(range).kind() == CelKind.LIST : known.list();
  }

  private void push(String variable, Local local) {
    locals.computeIfAbsent(variable, _ -> new ArrayDeque<>()).push(local);
  }

  void release(String variable) {
    var stack = locals.get(variable);
    if (stack != null) {
      stack.pop();
    }
  }

  Span sizeOrUnknown(CelExpr expression) {
    var size = size(expression);
    return size == null ? Span.UNKNOWN : size;
  }

  private @Nullable Span size(CelExpr expression) {
    var known = sizes.get(expression.id());
    var written = known == null ? written(expression) : known;
    if (written != null) {
      return written;
    }
    var path = path(expression);
    var place = path.isEmpty() ? null : at(path);
    if (place != null) {
      var size = new Span(0, place.maxElements());
      sizes.put(expression.id(), size);
      return size;
    }
    if (isScalar(type(expression))) {
      return Span.ONE;
    }
    var local = expression.getKind() == Kind.IDENT ? local(expression.ident().name()) : null;
    return local == null ? null : local.size();
  }

  private static @Nullable Span written(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> Span.of(length(expression.constant()));
      case LIST -> Span.of(expression.list().elements().size());
      case MAP -> Span.of(expression.map().entries().size());
      default -> null;
    };
  }

  private static long length(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE ->
          constant.stringValue().codePointCount(0, constant.stringValue().length());
      case BYTES_VALUE -> constant.bytesValue().size();
      default -> 1;
    };
  }

  private static boolean isScalar(CelType type) {
    return switch (type.kind()) {
      case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
      case OPAQUE ->
          type instanceof OptionalType optional && isScalar(optional.parameters().getFirst());
      default -> false;
    };
  }

  void copy(CelExpr to, CelExpr from) {
    var size = size(from);
    if (size != null) {
      sizes.put(to.id(), size);
    }
    setEntries(to, entries(from));
  }

  void setEntries(CelExpr expression, @Nullable EntrySizes known) {
    if (known != null) {
      entries.put(expression.id(), known);
    }
  }

  void joinEntries(CelExpr expression, EstimatedNode one, EstimatedNode other) {
    var left = entries(one.expression());
    var right = entries(other.expression());
    if (left != null && right != null) {
      setEntries(expression, left.join(right));
    }
  }

  private @Nullable EntrySizes entries(CelExpr expression) {
    var known = entries.get(expression.id());
    if (known != null || expression.getKind() != Kind.IDENT) {
      return known;
    }
    var local = local(expression.ident().name());
    return local == null ? null : local.entries();
  }

  /// What a call with one of its overloads says of its result.
  void setResult(CelExpr expression, String overload, @Nullable Span size) {
    var known = size;
    if (overload.equals("index_list") || overload.equals("index_map")) {
      var container = expression.call().args().getFirst();
      var inside = entries(container);
      known = inside == null ? null : inside.value();
      extend(expression, container, overload.equals("index_list") ? "@items" : "@values");
    }
    var before = sizes.get(expression.id());
    if (known != null) {
      sizes.put(expression.id(), before == null ? known : before.join(known));
    } else {
      size(expression);
    }
  }

  void setComprehension(CelExpr expression, CelComprehension fold, Span count) {
    switch (fold.accuInit().getKind()) {
      case CONSTANT -> sizes.put(expression.id(), sizeOrUnknown(fold.accuInit()));
      case LIST, MAP -> {
        sizes.put(expression.id(), count);
        setEntries(expression, entries(fold.loopStep()));
      }
      default -> {}
    }
  }
}
