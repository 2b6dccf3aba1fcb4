package dev.troupe.runtime.gateway.logic;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.wire.WireVersions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The members that this one works with, and what they have told of themselves: what can be said to
/// them, and what they can be given. Changed by the gateway, asked on any thread.
public final class Acquaintances {

  private final WireVersions ours;
  private final Map<MemberId, Introduction> others = new ConcurrentHashMap<>();
  private final Set<MemberId> strangers = ConcurrentHashMap.newKeySet();
  private final Set<String> departing = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;
  private volatile int spoken;

  /// @param ours which versions of the language this member understands
  public Acquaintances(WireVersions ours) {
    this.ours = ours;
    this.spoken = ours.highest();
  }

  /// A member is in the cluster, and has not said anything yet.
  public void expect(MemberId member) {
    if (!others.containsKey(member)) {
      strangers.add(member);
    }
  }

  /// A member takes part. To be called before it is told anything but who this one is.
  public void came(MemberId member, Introduction introduction) {
    others.put(member, introduction);
    strangers.remove(member);
    agree();
  }

  /// It does so no more: whatever else it is sent is lost.
  public void went(MemberId member) {
    others.remove(member);
    strangers.remove(member);
    departing.remove(member.address());
    agree();
  }

  private void agree() {
    spoken =
        WireVersions.common(
            Stream.concat(Stream.of(ours), others.values().stream().map(Introduction::wire))
                .toList());
  }

  /// The version of the language that all understand, this member included. The last member of an
  /// old release that goes lets the others speak a newer one.
  public int spoken() {
    return spoken;
  }

  /// The latest version of the store's tables that all members of the cluster know; 0 while one of
  /// them has not said which it knows.
  ///
  /// @param ours the latest that this member knows
  /// @param needed those who have to be among the others
  public int tables(int ours, Set<MemberId> needed) {
    return strangers.isEmpty() && others.keySet().containsAll(needed)
        ? others.values().stream().mapToInt(Introduction::schema).reduce(ours, Math::min)
        : 0;
  }

  /// This member is about to go.
  public void leave() {
    leaving = true;
  }

  /// Whether this member is about to go.
  public boolean isLeaving() {
    return leaving;
  }

  /// Another member has said that it is about to go.
  public void departs(MemberId member) {
    departing.add(member.address());
  }

  /// Whether another member has said that it is about to go.
  public boolean isDeparting(String address) {
    return departing.contains(address);
  }

  /// Whether another member stays, as far as is known.
  public boolean isAnybodyStaying() {
    return others.keySet().stream().anyMatch(other -> !departing.contains(other.address()));
  }

  /// Whether a member has said that it knows a type. One that has not introduced itself has not.
  ///
  /// @param address of its present life
  public boolean announces(String address, TypeRef type) {
    return others.entrySet().stream()
        .anyMatch(other ->
            other.getKey().address().equals(address)
                && other.getValue().partitions().containsKey(type));
  }
}
