package dev.troupe.resources.registry;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Puts the versions of a group in the order in which clients prefer them: the mature ones first
/// (`v2`, `v1`, `v2beta1`, `v1alpha2`), then those that are called otherwise.
public final class VersionOrder implements Comparator<String> {

  private static final Pattern VERSION =
      Pattern.compile("v([1-9][0-9]{0,17})(?:(alpha|beta)([1-9][0-9]{0,17}))?");

  private static final List<String> MATURITY = List.of("alpha", "beta", "");

  private record Rank(int maturity, long major, long minor, String name) {

    private static Rank of(String version) {
      var matcher = VERSION.matcher(version);
      if (!matcher.matches()) {
        return new Rank(-1, 0, 0, version);
      }
      var maturity = matcher.group(2) == null ? "" : matcher.group(2);
      long minor = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
      return new Rank(MATURITY.indexOf(maturity), Long.parseLong(matcher.group(1)), minor, version);
    }
  }

  private static final Comparator<Rank> ORDER =
      Comparator.comparingInt(Rank::maturity)
          .thenComparingLong(Rank::major)
          .thenComparingLong(Rank::minor)
          .reversed()
          .thenComparing(Rank::name);

  @Override
  public int compare(String one, String other) {
    return ORDER.compare(Rank.of(one), Rank.of(other));
  }
}
