package dev.troupe.runtime.placing;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.placing.logic.PartitionSpread;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.dispatch.Futures;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/// How sharding places partitions: evenly, as [PartitionSpread] has it, and only on members that
/// stay and have said that they know the type.
///
/// A partition that no member takes, as of a type of which none has heard yet, is placed nowhere:
/// the answer is nobody's region, at which sharding waits until it is asked again. (A failure would
/// do the same, and be logged as a mistake each time.)
public final class EvenAllocation extends AbstractShardAllocationStrategy {

  /// How many partitions are on their way at once: each is closed for as long as it takes to open
  /// it elsewhere, and sharding writes down one after the other where they go. Of 24 at once the
  /// last was away for three seconds where processors were short.
  private static final int MOST = 4;

  /// Between two rounds in which load is evened out: whoever has just come has to warm up, and
  /// nothing is lost meanwhile. Who is about to go is not kept waiting.
  private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Set<MemberStatus> COMING =
      Set.of(MemberStatus.joining(), MemberStatus.weaklyUp());

  private static final Set<MemberStatus> GOING =
      Set.of(
          MemberStatus.leaving(),
          MemberStatus.exiting(),
          MemberStatus.down(),
          MemberStatus.removed());

  private final Cluster cluster;
  private final String name;
  private final BiPredicate<Address, TypeRef> announces;
  private final Predicate<Address> departs;
  private final LongSupplier nanos;
  private long evened;

  /// Those that have left and not arrived: sharding knows them neither as placed nor as under way.
  /// One actor asks at a time.
  private final Set<PartitionId> moved = new HashSet<>();

  /// Where each was when sharding last knew it.
  private final Map<String, ActorRef> homes = new HashMap<>();

  /// @param name of what is placed, as sharding knows it
  /// @param announces whether a member has said that it knows a type; is asked on any thread
  /// @param departs whether a member is about to go; is asked on any thread
  public EvenAllocation(
      Cluster cluster,
      String name,
      BiPredicate<Address, TypeRef> announces,
      Predicate<Address> departs,
      LongSupplier nanos) {
    this.cluster = cluster;
    this.name = name;
    this.announces = announces;
    this.departs = departs;
    this.nanos = nanos;
    this.evened = nanos.getAsLong();
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> placed) {
    var partition = PartitionId.parse(shard);
    moved.remove(partition);
    var regions = new HashMap<String, ActorRef>();
    placed.keySet().forEach(region -> regions.put(address(region).toString(), region));
    return spread(placed)
        .home(partition)
        .map(regions::get)
        .map(Futures::successful)
        .orElseGet(() -> Futures.successful(cluster.system().deadLetters()));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> placed, Set<String> underWay) {
    giveUpTheLost(placed, underWay);
    var moving = underWay.stream().map(PartitionId::parse).collect(Collectors.toSet());
    placed
        .values()
        .forEach(shards ->
            CollectionConverters.asJava(shards).stream()
                .map(PartitionId::parse)
                .forEach(moved::remove));
    moved.addAll(moving);
    var more = more(placed);
    moved.addAll(more);
    return Futures.successful(more.stream().map(PartitionId::toString).collect(Collectors.toSet()));
  }

  /// Sharding takes something from a region when all others have consented. A region that ends
  /// while they are asked has let go, but sharding asks it all the same, and until it has waited
  /// long enough for the answer what was to be moved is nowhere. Those who wait are told once more
  /// that it has ended; to others that means nothing.
  private void giveUpTheLost(Map<ActorRef, IndexedSeq<String>> placed, Set<String> underWay) {
    placed.forEach((region, shards) ->
        CollectionConverters.asJava(shards).forEach(shard -> homes.put(shard, region)));
    var ended = new HashSet<ActorRef>();
    for (var shard : underWay) {
      var home = homes.get(shard);
      if (home != null && !placed.containsKey(home)) {
        ended.add(home);
      }
    }
    ended.forEach(region -> RegionEnd.of(region).tell(cluster.system(), name));
  }

  /// Moving asks for the consent of all, and what is even changes with who comes and goes.
  private Set<PartitionId> more(Map<ActorRef, IndexedSeq<String>> placed) {
    var state = cluster.state();
    if (!state.getUnreachable().isEmpty()) {
      return Set.of();
    }
    var going =
        placed.keySet().stream()
            .map(this::address)
            .filter(departs)
            .map(Address::toString)
            .collect(Collectors.toSet());
    if (!going.isEmpty()) {
      return spread(placed).departures(going::contains, moved, MOST);
    }
    long now = nanos.getAsLong();
    if (now - evened < PAUSE_NANOS
        || members(state).stream().anyMatch(member -> COMING.contains(member.status()))) {
      return Set.of();
    }
    evened = now;
    return spread(placed).moves(moved, MOST);
  }

  private PartitionSpread spread(Map<ActorRef, IndexedSeq<String>> placed) {
    var out = out();
    var byName = new HashMap<String, Address>();
    var partitions = new HashMap<String, List<PartitionId>>();
    placed.forEach((region, shards) -> {
      var address = address(region);
      byName.put(address.toString(), address);
      partitions.put(
          address.toString(),
          CollectionConverters.asJava(shards).stream().map(PartitionId::parse).toList());
    });
    return new PartitionSpread(
        partitions,
        (name, type) -> {
          var address = byName.get(name);
          return address != null
              && !out.contains(address)
              && !departs.test(address)
              && announces.test(address, type);
        });
  }

  /// Who is lost or about to go. Whom the cluster's state does not show yet is none of them: it is
  /// published a little later than sharding hears of members.
  private Set<Address> out() {
    var state = cluster.state();
    var out = new HashSet<Address>();
    state.getUnreachable().forEach(member -> out.add(member.address()));
    members(state).stream()
        .filter(member -> GOING.contains(member.status()))
        .forEach(member -> out.add(member.address()));
    return out;
  }

  private static List<Member> members(CurrentClusterState state) {
    return StreamSupport.stream(state.getMembers().spliterator(), false).toList();
  }

  /// The region of this member has an address without a host.
  private Address address(ActorRef region) {
    var address = region.path().address();
    return address.hasLocalScope() ? cluster.selfAddress() : address;
  }
}
