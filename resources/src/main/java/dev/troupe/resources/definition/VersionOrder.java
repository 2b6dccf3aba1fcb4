package dev.troupe.resources.definition;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The order of versions by their names, the best last: `v1alpha1`, `v1beta1`, `v1`, `v2`. Names
/// that say nothing come before all others.
final class VersionOrder implements Comparator<String> {

  private static final Pattern NAME =
      Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

  @Override
  public int compare(String one, String other) {
    var left = NAME.matcher(one);
    var right = NAME.matcher(other);
    boolean known = left.matches();
    if (!known || !right.matches()) {
      return known == right.matches() ? other.compareTo(one) : known ? 1 : -1;
    }
    int byRipeness = Integer.compare(ripeness(left.group(2)), ripeness(right.group(2)));
    if (byRipeness != 0) {
      return byRipeness;
    }
    int byMajor = Long.compare(Long.parseLong(left.group(1)), Long.parseLong(right.group(1)));
    return byMajor != 0 || left.group(3) == null
        ? byMajor
        : Long.compare(Long.parseLong(left.group(3)), Long.parseLong(right.group(3)));
  }

  private static int ripeness(@Nullable String word) {
    return word == null ? 2 : word.equals("beta") ? 1 : 0;
  }
}
