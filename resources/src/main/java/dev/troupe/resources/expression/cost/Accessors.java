package dev.troupe.resources.expression.cost;

import java.util.Set;

/// Functions that look at what is known already, and cost one.
public final class Accessors {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "masked",
          "prefixLength",
          "family",
          "isUnspecified",
          "isLoopback",
          "isLinkLocalMulticast",
          "isLinkLocalUnicast",
          "isGlobalUnicast",
          "format.named",
          "sign",
          "asInteger",
          "isInteger",
          "asApproximateFloat",
          "isGreaterThan",
          "isLessThan",
          "compareTo",
          "add",
          "sub",
          "major",
          "minor",
          "patch",
          "getScheme",
          "getHostname",
          "getHost",
          "getPort",
          "getEscapedPath",
          "getQuery");

  private Accessors() {}

  public static boolean isOne(String function) {
    return FUNCTIONS.contains(function);
  }
}
