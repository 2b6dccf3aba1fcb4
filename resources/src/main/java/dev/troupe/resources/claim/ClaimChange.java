package dev.troupe.resources.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of the claims of an object when it is created, changed or removed.
///
/// @param needed what it must get first
/// @param kept what it has and keeps
/// @param dropped what it has and does not need any more
public record ClaimChange(List<Claim> needed, List<Claim> kept, List<Claim> dropped) {

  /// @param before null if there is no object yet
  /// @param after null if there is none any more
  public static ClaimChange of(
      Claims claims, @Nullable ObjectNode before, @Nullable ObjectNode after) {
    var had = before == null ? List.<Claim>of() : named(claims.of(before));
    var wanted = after == null ? List.<Claim>of() : claims.of(after);
    return new ClaimChange(
        wanted.stream().filter(claim -> claim.isOpen() || !isAmong(had, claim)).toList(),
        wanted.stream().filter(claim -> isAmong(had, claim)).toList(),
        had.stream().filter(claim -> !isAmong(wanted, claim)).toList());
  }

  private static List<Claim> named(List<Claim> claims) {
    return claims.stream().filter(claim -> !claim.isOpen()).toList();
  }

  /// Whether one of the claims is on the thing.
  public static boolean isAmong(List<Claim> claims, Claim claim) {
    return claims.stream().anyMatch(claim::isOnThingOf);
  }
}
