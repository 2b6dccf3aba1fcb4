package dev.troupe.runtime.fight;

import dev.troupe.api.resource.ResourceKey;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Notices objects that are written by different writers in turn, again and again: those are worth
/// a look. Remembers the objects that were written last. Safe for any number of threads.
final class Alternations {

  /// A fight of two is looked at before its tenth flip.
  static final int WORTH_A_LOOK = 8;

  private final int most;
  private final LinkedHashMap<ResourceKey, Course> courses = new LinkedHashMap<>(64, 0.75f, true);

  /// @param most how many objects are remembered
  Alternations(int most) {
    this.most = most;
  }

  private record Course(String writer, int changes, long millis) {}

  /// Notes a write.
  ///
  /// @param writer who it was
  /// @return whether writers have changed so often that it is worth a look; then it begins anew
  synchronized boolean note(ResourceKey key, String writer, long millis) {
    var before = courses.get(key);
    var course = next(before, writer, millis);
    boolean isWorthALook = course.changes() >= WORTH_A_LOOK;
    courses.put(key, isWorthALook ? new Course(writer, 0, millis) : course);
    if (courses.size() > most) {
      courses.pollFirstEntry();
    }
    return isWorthALook;
  }

  private static Course next(@Nullable Course before, String writer, long millis) {
    if (before == null || millis - before.millis() > Fights.ANSWER.toMillis()) {
      return new Course(writer, 0, millis);
    }
    int changes = before.changes() + (before.writer().equals(writer) ? 0 : 1);
    return new Course(writer, changes, millis);
  }
}
