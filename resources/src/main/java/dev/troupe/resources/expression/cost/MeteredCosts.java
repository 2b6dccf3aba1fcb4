package dev.troupe.resources.expression.cost;

import dev.cel.common.values.CelByteString;
import dev.troupe.resources.expression.notation.Amount;
import dev.troupe.resources.expression.notation.Cidr;
import dev.troupe.resources.expression.notation.Ip;
import dev.troupe.resources.expression.notation.NamedFormat;
import dev.troupe.resources.expression.notation.SemanticVersion;
import dev.troupe.resources.expression.notation.Url;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What calls cost whose cost depends on the size of what they are given.
final class MeteredCosts {

  private static final Set<String> MEASURED =
      Set.of(
          "isSorted",
          "sum",
          "max",
          "min",
          "indexOf",
          "lastIndexOf",
          "url",
          "lowerAscii",
          "upperAscii",
          "substring",
          "trim",
          "replace",
          "split",
          "join",
          "find",
          "findAll",
          "cidr",
          "isIP",
          "isCIDR",
          "ip",
          "ip.isCanonical",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver",
          "containsIP",
          "containsCIDR",
          "validate",
          "_==_",
          "_!=_",
          "startsWith",
          "endsWith",
          "bytes",
          "string",
          "strings.quote",
          "format",
          "@in",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "_+_",
          "matches",
          "contains",
          "sets.contains",
          "sets.intersects",
          "sets.equivalent",
          "slice",
          "flatten",
          "lists.range",
          "reverse",
          "distinct",
          "sort",
          "lists.@sortByAssociatedKeys",
          "isURL");

  private static final int LONG = 1000;
  private static final int MOST = Integer.MAX_VALUE;

  private MeteredCosts() {}

  static boolean isMeasured(String function) {
    return MEASURED.contains(function);
  }

  static long of(CostPlan.Charge call, @Nullable Object[] all) {
    int[] places = call.values();
    var first = all[places[0]];
    var second = places.length > 1 ? all[places[1]] : null;
    return switch (call.function()) {
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal(first);
      case "url",
          "isURL",
          "lowerAscii",
          "upperAscii",
          "substring",
          "trim",
          "cidr",
          "isIP",
          "isCIDR",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver",
          "format",
          "strings.quote" ->
          read(size(first));
      case "replace", "split", "ip.isCanonical" -> scaled(size(first), 2 * Factors.TEXT);
      case "join" -> joined(first, second);
      case "find", "findAll", "matches" -> matched(size(first), size(second));
      case "ip" -> call.overload().equals("cidr_ip") ? 1 : read(size(first));
      case "containsIP" -> contained(second) - 1;
      case "containsCIDR" -> contained(second) + 1;
      case "validate" -> first instanceof NamedFormat format ? validated(format, second) : 1;
      default -> operator(call, first, second);
    };
  }

  private static long operator(
      CostPlan.Charge call, @Nullable Object first, @Nullable Object second) {
    return switch (call.function()) {
      case "_==_", "_!=_" -> isOwn(first) ? 1 : Math.max(compared(first, second), depth(first));
      case "_<_", "_<=_", "_>_", "_>=_" -> isText(first) ? compared(first, second) : 1;
      case "_+_" -> isText(first) ? read(size(first) + size(second)) : 1;
      case "startsWith", "endsWith" -> read(size(first));
      case "bytes", "string" -> isText(first) ? read(size(first)) : 1;
      case "contains" -> product(read(size(first)), read(size(second)));
      case "@in" -> second instanceof List<?> ? Math.max(size(second), depth(second)) : 1;
      case "sets.contains", "sets.intersects" -> 1 + product(size(first), size(second));
      case "sets.equivalent" -> 1 + product(2, product(size(first), size(second)));
      case "lists.range" ->
          1 + Factors.LIST + (first instanceof Long count ? Math.clamp(count, 0, MOST) : 0);
      case "distinct", "sort" -> selfCompared(first);
      case "lists.@sortByAssociatedKeys" -> selfCompared(first);
      default -> 1 + Factors.LIST + size(first);
    };
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case CelByteString bytes -> bytes.size();
      case Collection<?> items -> items.size();
      case Map<?, ?> entries -> entries.size();
      case Optional<?> optional when optional.isPresent() -> size(optional.get());
      case null, default -> 1;
    };
  }

  private static boolean isText(@Nullable Object value) {
    return value instanceof String || value instanceof CelByteString;
  }

  private static boolean isOwn(@Nullable Object value) {
    return value instanceof Amount
        || value instanceof Ip
        || value instanceof Cidr
        || value instanceof NamedFormat
        || value instanceof Url
        || value instanceof SemanticVersion;
  }

  private static long scaled(long size, double factor) {
    return (long) Math.ceil(size * factor);
  }

  private static long read(long size) {
    return scaled(size, Factors.TEXT);
  }

  private static long product(long one, long other) {
    return other != 0 && one > MOST / other ? MOST : one * other;
  }

  private static long compared(@Nullable Object first, @Nullable Object second) {
    return read(Math.min(size(first), size(second)));
  }

  /// What it takes to compare containers with all that is in them; Kubernetes looks at their size.
  private static long depth(@Nullable Object value) {
    return value instanceof Collection<?> || value instanceof Map<?, ?>
        ? read(traversal(value))
        : 0;
  }

  /// What it takes to touch a text at all, which shows where it is long.
  static long touched(@Nullable Object value) {
    return isText(value) ? size(value) / LONG : 0;
  }

  private static long matched(long text, long pattern) {
    return product(read(text + 1), scaled(pattern, Factors.PATTERN));
  }

  private static long joined(@Nullable Object list, @Nullable Object separator) {
    long length = separator == null ? 0 : product(size(separator), size(list));
    if (list instanceof List<?> items) {
      for (var item : items) {
        length += size(item);
      }
    }
    return scaled(length, 2 * Factors.TEXT);
  }

  private static long contained(@Nullable Object other) {
    return 2 + (other instanceof String text ? read(text.length()) : 0);
  }

  private static long validated(NamedFormat format, @Nullable Object text) {
    return matched(size(text), format.weight());
  }

  private static long selfCompared(@Nullable Object list) {
    long size = size(list);
    boolean texts =
        list instanceof List<?> items && !items.isEmpty() && isText(items.iterator().next());
    long compared = product(size, size);
    return 1 + Factors.LIST + scaled(compared, texts ? 2 + Factors.TEXT : 2);
  }

  /// What it costs to look at everything once.
  private static long traversal(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) (text.length() * Factors.TEXT);
      case CelByteString bytes -> (long) (bytes.size() * Factors.TEXT);
      case Collection<?> items -> items.stream().mapToLong(MeteredCosts::traversal).sum();
      case Map<?, ?> entries ->
          entries.entrySet().stream()
              .mapToLong(entry -> traversal(entry.getKey()) + traversal(entry.getValue()))
              .sum();
      case null, default -> 1;
    };
  }
}
