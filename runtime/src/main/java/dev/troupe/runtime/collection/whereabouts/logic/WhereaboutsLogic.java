package dev.troupe.runtime.collection.whereabouts.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of other members' announcements are believed: of each partition the one with the newest
/// epoch, for as long as its member takes part. The store gives each epoch to one owner, so that
/// announcements which arrive in any order lead to the same end.
public final class WhereaboutsLogic {

  /// @param epoch the newest that anybody has spoken of
  /// @param member who has it; null if that is over
  private record Latest(long epoch, @Nullable MemberId member) {}

  private final Set<MemberId> members = new HashSet<>();
  private final Map<PartitionId, Latest> partitions = new HashMap<>();

  /// @return what is different now
  public List<WhereaboutsEffect> on(WhereaboutsMessage message) {
    return switch (message) {
      case WhereaboutsMessage.Came(var member) -> {
        members.add(member);
        yield List.of();
      }
      case WhereaboutsMessage.Went(var member) -> went(member);
      case WhereaboutsMessage.Announced announced -> announced(announced);
      case WhereaboutsMessage.Withdrawn withdrawn -> withdrawn(withdrawn);
    };
  }

  private List<WhereaboutsEffect> went(MemberId member) {
    members.remove(member);
    var missed =
        partitions.entrySet().stream()
            .filter(entry -> member.equals(entry.getValue().member()))
            .map(Map.Entry::getKey)
            .toList();
    missed.forEach(partition ->
        partitions.computeIfPresent(partition, (_, latest) -> new Latest(latest.epoch(), null)));
    return missed.stream().<WhereaboutsEffect>map(WhereaboutsEffect.Missed::new).toList();
  }

  private List<WhereaboutsEffect> announced(WhereaboutsMessage.Announced announced) {
    var partition = announced.partition();
    if (!members.contains(announced.member()) || announced.epoch() <= epoch(partition)) {
      return List.of();
    }
    var former = partitions.put(partition, new Latest(announced.epoch(), announced.member()));
    return former != null && announced.member().equals(former.member())
        ? List.of()
        : List.of(new WhereaboutsEffect.Discovered(partition, announced.member()));
  }

  private List<WhereaboutsEffect> withdrawn(WhereaboutsMessage.Withdrawn withdrawn) {
    var partition = withdrawn.partition();
    if (!members.contains(withdrawn.member()) || withdrawn.epoch() < epoch(partition)) {
      return List.of();
    }
    var former = partitions.put(partition, new Latest(withdrawn.epoch(), null));
    return former == null || former.member() == null
        ? List.of()
        : List.of(new WhereaboutsEffect.Missed(partition));
  }

  private long epoch(PartitionId partition) {
    var latest = partitions.get(partition);
    return latest == null ? 0 : latest.epoch();
  }
}
