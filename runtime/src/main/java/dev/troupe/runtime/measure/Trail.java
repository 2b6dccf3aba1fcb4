package dev.troupe.runtime.measure;

import dev.troupe.api.resource.Version;
import java.util.Arrays;

/// Remembers the versions of the last changes that went by here, in their order, to tell how far
/// behind somebody is who has come to one of them. Used by any thread.
public final class Trail {

  /// So many are remembered: who is further behind is so by this many at least.
  public static final int MOST = 1_024;

  private static final int FIRST = 16;

  private long[] versions = new long[FIRST];
  private long count;

  /// How far somebody is behind.
  ///
  /// @param changes that he has not had, as far as they are remembered
  /// @param oldest the version of the first of them; 0 if there is none
  public record Behind(int changes, long oldest) {

    public static final Behind NOTHING = new Behind(0, Version.NONE);

    /// How long the first of them has been there, by a clock that is not that of its version.
    public long millis(long now) {
      return changes == 0 ? 0 : Math.max(0, now - Version.millis(oldest));
    }

    /// What both lack who are one behind the other, or beside each other.
    public Behind and(Behind other) {
      if (changes == 0 || other.changes == 0) {
        return changes == 0 ? other : this;
      }
      return new Behind(changes + other.changes, Math.min(oldest, other.oldest));
    }
  }

  /// A change went by.
  ///
  /// @param version above those of all before
  public synchronized void add(long version) {
    if (count == versions.length && count < MOST) {
      versions = Arrays.copyOf(versions, 2 * versions.length);
    }
    versions[place(count)] = version;
    count++;
  }

  /// @param known somebody has had everything up to this version
  public synchronized Behind behind(long known) {
    long forgotten = Math.max(0, count - versions.length);
    long next = count;
    while (next > forgotten && versions[place(next - 1)] > known) {
      next--;
    }
    return next == count ? Behind.NOTHING : new Behind((int) (count - next), versions[place(next)]);
  }

  private int place(long number) {
    return (int) (number % versions.length);
  }
}
