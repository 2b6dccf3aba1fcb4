package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.clock.MemberClocks;
import dev.troupe.testkit.experiment.database.DatabaseSite;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.observer.PartitionHolding;
import dev.troupe.testkit.members.MemberLink;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.machine.MemoryGroups;
import dev.troupe.testkit.process.CpuShares;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What faults are done to, and what must be known for it.
///
/// @param links those of a member on a route
/// @param shares of the processors that members have; empty where there can be none
/// @param memory that members have; empty where it cannot be limited
/// @param clocks of members; empty where they go right
/// @param olderBuild the directory of another build; empty if there is none
/// @param holdings of all partitions in order, as they are known now
/// @param serves whether a member that was started again does, and what the others serve as well
/// @param leaves told who begins to leave because of a fault of all
/// @param joins told who is started that was not there before
/// @param nanos a clock that only rises
public record InjectionGround(
    MemberServers servers,
    MemberKeeper keeper,
    DatabaseSite database,
    NetworkCuts cuts,
    BiFunction<NetworkRoute, MemberServer, MemberLink> links,
    Optional<CpuShares> shares,
    Optional<MemoryGroups> memory,
    Optional<MemberClocks> clocks,
    String olderBuild,
    Supplier<Collection<PartitionHolding>> holdings,
    Predicate<MemberServer> serves,
    Consumer<MemberServer> leaves,
    Consumer<MemberServer> joins,
    LongSupplier nanos) {}
