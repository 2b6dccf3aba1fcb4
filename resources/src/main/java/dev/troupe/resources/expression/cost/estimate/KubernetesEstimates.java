package dev.troupe.resources.expression.cost.estimate;

import dev.cel.common.types.CelKind;
import dev.troupe.resources.expression.cost.Accessors;
import dev.troupe.resources.expression.cost.Factors;
import org.jspecify.annotations.Nullable;

/// What calls of Kubernetes' functions cost at most.
final class KubernetesEstimates {

  /// An address has 4 or 16 bytes.
  private static final Span ADDRESS = new Span(4, 16);

  private KubernetesEstimates() {}

  /// Null if the call is of no such function.
  static @Nullable CallEstimate of(EstimatedCall call) {
    return switch (call.function()) {
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> scanned(call);
      case "url" -> call.has(1) ? kept(call.size(0)) : null;
      case "lowerAscii", "upperAscii", "substring", "trim" ->
          call.target() == null ? null : kept(call.first());
      case "replace" -> call.target() != null && call.has(2) ? replaced(call) : null;
      case "split" -> call.target() == null ? null : split(call);
      case "join" -> call.target() == null ? null : joined(call);
      case "find", "findAll" -> call.target() != null && call.has(1) ? found(call) : null;
      case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
          call.has(1) ? read(call, 1) : null;
      case "ip" -> call.target() != null ? CallEstimate.ONE : call.has(1) ? read(call, 1) : null;
      case "ip.isCanonical" -> call.has(1) ? read(call, 2) : null;
      case "containsIP" -> call.has(1) ? contained(call, false) : null;
      case "containsCIDR" -> call.has(1) ? contained(call, true) : null;
      case "validate" -> call.has(1) ? validated(call) : null;
      case "_==_" -> EqualEstimates.of(call);
      default -> Accessors.isOne(call.function()) ? CallEstimate.ONE : null;
    };
  }

  private static CallEstimate kept(Span size) {
    return new CallEstimate(size.times(Factors.TEXT), size);
  }

  private static CallEstimate read(EstimatedCall call, int times) {
    return CallEstimate.of(call.size(0).times(times * Factors.TEXT));
  }

  private static @Nullable CallEstimate scanned(EstimatedCall call) {
    if (call.target() == null) {
      return null;
    }
    var items = call.items();
    if (items == null) {
      return CallEstimate.of(call.first().times(Factors.TEXT));
    }
    boolean texts = items.kind() == CelKind.STRING || items.kind() == CelKind.BYTES;
    var each = texts ? Span.ONE.plus(call.itemSize().times(Factors.TEXT)) : Span.ONE;
    return CallEstimate.of(call.first().times(each));
  }

  private static CallEstimate replaced(EstimatedCall call) {
    var size = call.first();
    var old = call.size(0);
    var fresh = call.size(1);
    var most = replacements(size.max(), old.min(), fresh.max() <= old.min());
    var least = replacements(size.min(), old.max(), old.max() <= fresh.min());
    var count = new Span(least.count(), most.count());
    var kept = new Span(least.kept(), most.kept());
    return new CallEstimate(size.times(2 * Factors.TEXT), count.times(fresh).plus(kept));
  }

  private record Replacements(long count, long kept) {}

  /// @param old the size of what is replaced; if it is empty it is found between all characters
  /// @param original whether the result is as large as what it was made of
  private static Replacements replacements(long size, long old, boolean original) {
    if (old == 0) {
      return new Replacements(Span.sum(size, 1), size);
    }
    return original ? new Replacements(0, size) : new Replacements((size + old - 1) / old, 0);
  }

  private static CallEstimate split(EstimatedCall call) {
    var size = call.first();
    long most = call.has(2) ? call.number(1, size.max()) : size.max();
    return new CallEstimate(size.times(2 * Factors.TEXT), new Span(0, most));
  }

  private static CallEstimate joined(EstimatedCall call) {
    var list = call.first();
    var size = call.items() == null ? Span.ZERO : list.times(call.itemSize());
    if (call.has(1)) {
      var separators = new Span(Math.max(list.min() - 1, 0), Math.max(list.max() - 1, 0));
      size = size.plus(call.size(0).times(separators));
    }
    return kept(size);
  }

  private static CallEstimate found(EstimatedCall call) {
    var text = call.first().plus(Span.ONE).times(Factors.TEXT);
    var pattern = call.size(0).times(Factors.PATTERN);
    return new CallEstimate(text.times(pattern), new Span(0, call.first().max()));
  }

  private static CallEstimate contained(EstimatedCall call, boolean range) {
    var cost = ADDRESS.plus(ADDRESS).times(Factors.TEXT);
    if (range) {
      cost = cost.plus(ADDRESS.times(Factors.TEXT)).plus(Span.ONE);
    }
    return CallEstimate.of(
        call.overload().endsWith("_string") ? cost.plus(call.size(0).times(Factors.TEXT)) : cost);
  }

  private static CallEstimate validated(EstimatedCall call) {
    var read = call.size(0).times(Factors.TEXT);
    return CallEstimate.of(read.times(Factors.LONGEST_FORMAT * Factors.PATTERN));
  }
}
