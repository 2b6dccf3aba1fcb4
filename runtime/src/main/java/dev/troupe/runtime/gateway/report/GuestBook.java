package dev.troupe.runtime.gateway.report;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Who at other members follows partitions of this one, and by which number that one is known here:
/// none that a follower of this member can have. Used by any thread.
public final class GuestBook {

  /// @param follower by the number that he has at his member
  private record Guest(MemberId member, PartitionId partition, long follower) {}

  private final Map<Guest, Long> numbers = new ConcurrentHashMap<>();
  private final Map<Long, MemberId> members = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /// The number of a guest, from now on.
  public long number(MemberId member, PartitionId partition, long follower) {
    return numbers.computeIfAbsent(
        new Guest(member, partition, follower),
        guest -> {
          long number = last.decrementAndGet();
          members.put(number, guest.member());
          return number;
        });
  }

  /// A guest follows no more.
  ///
  /// @return the number that he had; empty if there was no such guest
  public OptionalLong leaves(MemberId member, PartitionId partition, long follower) {
    var number = numbers.remove(new Guest(member, partition, follower));
    if (number == null) {
      return OptionalLong.empty();
    }
    members.remove(number);
    return OptionalLong.of(number);
  }

  /// All guests of a member are gone.
  public void gone(MemberId member) {
    numbers.keySet().removeIf(guest -> guest.member().equals(member));
    members.values().removeIf(member::equals);
  }

  /// The address of the member at which a follower is, by the number that it has here; empty if it
  /// was a guest and is gone.
  ///
  /// @param here of this member
  public Optional<String> address(long follower, String here) {
    return follower > 0
        ? Optional.of(here)
        : Optional.ofNullable(members.get(follower)).map(MemberId::address);
  }
}
