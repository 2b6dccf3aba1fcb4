package dev.troupe.runtime.wire;

import java.util.Collection;

/// The versions of the language between members that a release understands. A release that changes
/// a format, or has something new to say, begins another one.
public record WireVersions(int lowest, int highest) {

  /// Those of this release.
  public static final WireVersions OURS = new WireVersions(1, 1);

  public WireVersions {
    if (lowest < 1 || highest < lowest) {
      throw new IllegalArgumentException("no versions: " + lowest + " to " + highest);
    }
  }

  /// Whether two understand each other.
  public boolean meets(WireVersions other) {
    return lowest <= other.highest && other.lowest <= highest;
  }

  /// What is spoken among all of these: the newest version that everybody understands. It changes
  /// with the last member that does not know a newer one.
  ///
  /// @param all those who may read what is written; each [meets][#meets] each
  public static int common(Collection<WireVersions> all) {
    return all.stream().mapToInt(WireVersions::highest).min().orElse(OURS.lowest);
  }

  @Override
  public String toString() {
    return lowest == highest ? "version " + lowest : "versions " + lowest + " to " + highest;
  }
}
