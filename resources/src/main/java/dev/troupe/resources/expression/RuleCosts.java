package dev.troupe.resources.expression;

import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What the rules of one schema cost at most, each of them and together.
final class RuleCosts {

  private static final long RULE_LIMIT = 10_000_000;
  private static final long SCHEMA_LIMIT = 100_000_000;
  private static final int SHOWN = 4;

  private record Cost(Path path, long cost) {}

  private final List<Cost> expensive = new ArrayList<>();
  private long total;

  /// @param name what it is that costs
  void add(String name, Path path, long cost, FieldErrors errors) {
    if (cost > RULE_LIMIT) {
      errors.forbidden(path, complaint("estimated " + name + " cost", cost, RULE_LIMIT));
    }
    total = cost > Long.MAX_VALUE - total ? Long.MAX_VALUE : total + cost;
    if (cost >= SCHEMA_LIMIT / 100) {
      expensive.add(new Cost(path, cost));
    }
  }

  void checkTotal(Path path, FieldErrors errors) {
    if (total <= SCHEMA_LIMIT) {
      return;
    }
    expensive.stream()
        .sorted(Comparator.comparingLong(Cost::cost).reversed())
        .limit(SHOWN)
        .forEach(cost ->
            errors.forbidden(
                cost.path(),
                "contributed to estimated rule cost total exceeding cost limit for entire"
                    + " OpenAPIv3 schema"));
    errors.forbidden(
        path,
        complaint(
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
            total,
            SCHEMA_LIMIT));
  }

  private static String complaint(String name, long cost, long limit) {
    return name
        + " exceeds budget by factor of "
        + factor((double) cost / limit)
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }

  private static String factor(double factor) {
    if (factor > 100) {
      return "more than 100x";
    }
    return String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
  }

  /// @param times how often something is there at most; negative if there is no bound
  /// @param otherwise how often it can be there in one request
  static long times(long cost, long times, long otherwise) {
    long count = times < 0 ? otherwise : times;
    return cost != 0 && count > Long.MAX_VALUE / cost ? Long.MAX_VALUE : cost * count;
  }
}
