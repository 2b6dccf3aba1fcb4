package dev.troupe.runtime.collection.waiting;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.measure.Trail;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How far those are who follow a partition, as far as they have said. Written by the partition,
/// read by any thread.
public final class Deliveries {

  private final Trail released = new Trail();

  /// By the number of the follower, up to which version he has everything.
  private final Map<Long, Long> known = new ConcurrentHashMap<>();

  /// @param follower by his number
  /// @param behind what was released and he has not said that he has
  public record Outstanding(long follower, Trail.Behind behind) {}

  void released(long version) {
    released.add(version);
  }

  /// A follower is told that the stream begins at a version. What was before he says himself.
  void begins(long follower, long version) {
    known.putIfAbsent(follower, version);
  }

  /// @param version [Version#NONE] if he does not know himself yet
  void has(long follower, long version) {
    if (version != Version.NONE) {
      known.put(follower, version);
    }
  }

  void forget(long follower) {
    known.remove(follower);
  }

  void keep(Set<Long> followers) {
    known.keySet().retainAll(followers);
  }

  /// Of each follower.
  public List<Outstanding> all() {
    return known.entrySet().stream()
        .map(each -> new Outstanding(each.getKey(), released.behind(each.getValue())))
        .toList();
  }
}
