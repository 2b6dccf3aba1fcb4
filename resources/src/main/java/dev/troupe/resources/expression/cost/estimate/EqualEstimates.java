package dev.troupe.resources.expression.cost.estimate;

import dev.troupe.resources.expression.cost.Factors;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What it costs at most to find out whether two values are equal whose types are Kubernetes' own.
final class EqualEstimates {

  private static final Set<String> ONE =
      Set.of("net.IP", "net.CIDR", "kubernetes.Quantity", "kubernetes.Semver");
  private static final Span FORMAT = new Span(1, 64);

  private EqualEstimates() {}

  static @Nullable CallEstimate of(EstimatedCall call) {
    var left = call.arguments().getFirst().type();
    if (!left.name().equals(call.arguments().getLast().type().name())) {
      return null;
    }
    if (ONE.contains(left.name())) {
      return CallEstimate.ONE;
    }
    return switch (left.name()) {
      case "kubernetes.NamedFormat" -> CallEstimate.of(FORMAT.times(Factors.TEXT));
      case "kubernetes.URL" -> CallEstimate.of(new Span(1, call.size(1).max()).times(Factors.TEXT));
      default -> null;
    };
  }
}
