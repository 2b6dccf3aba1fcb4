package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.observer.PartitionHolding;
import dev.troupe.testkit.experiment.schedule.Aim;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// Finds whom a fault hits when it comes: of those that are there, who does now what the aim says.
final class AimTaker {

  private final MemberServers servers;
  private final Supplier<Collection<PartitionHolding>> holdings;

  /// @param holdings of all partitions in order, as they are known now
  AimTaker(MemberServers servers, Supplier<Collection<PartitionHolding>> holdings) {
    this.servers = servers;
    this.holdings = holdings;
  }

  /// Empty if it is meant for no member, or for nobody who is there.
  List<MemberServer> take(Aim aim) {
    return switch (aim) {
      case Aim.PartitionOwner(int drawn) -> owner(drawn);
      case Aim.Coordinator() ->
          servers.byAge().stream().filter(MemberServer::isAlive).limit(1).toList();
      // Pekko's leader is the member with the lowest address: the first number.
      case Aim.Leader() -> alive().stream().limit(1).toList();
      case Aim.NotTheCoordinator(int drawn) -> other(drawn);
      case Aim.Members(var numbers) ->
          alive().stream().filter(member -> numbers.contains(member.number())).toList();
      case Aim.NoMember() -> List.of();
    };
  }

  private List<MemberServer> alive() {
    return servers.all().stream()
        .filter(MemberServer::isAlive)
        .sorted(Comparator.comparingInt(MemberServer::number))
        .toList();
  }

  private List<MemberServer> owner(int drawn) {
    var owners =
        holdings.get().stream()
            .map(PartitionHolding::owner)
            .flatMap(owner -> alive().stream().filter(member -> member.name().equals(owner)))
            .toList();
    return owners.isEmpty() ? List.of() : List.of(owners.get(drawn % owners.size()));
  }

  private List<MemberServer> other(int drawn) {
    var coordinator = take(new Aim.Coordinator());
    var others = alive().stream().filter(member -> !coordinator.contains(member)).toList();
    return others.isEmpty() ? List.of() : List.of(others.get(drawn % others.size()));
  }
}
