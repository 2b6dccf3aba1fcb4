package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.PublishedLease;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.lease.logic.LeaseEffect;
import dev.troupe.runtime.store.cluster.ClusterStore;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// What is around a member's [LivenessActor].
///
/// @param silence after which a member that answers nothing is voted down
/// @param board where its lease is published
/// @param follow moves the clock that versions are taken from ahead, to what it is told
/// @param acting is told the roll that this member acts by from now on, which it is in
/// @param removal has the cluster, too, take a member for dead
/// @param end ends this member; may be called more than once, and when it is about to end anyway
public record Situation(
    MemberId self,
    LeaseSettings settings,
    Duration silence,
    ClusterStore store,
    Mail mail,
    PublishedLease board,
    Supplier<TwoClocks> clocks,
    LongConsumer follow,
    Consumer<Roll> acting,
    Consumer<MemberId> removal,
    Consumer<LeaseEffect.Stop> end) {}
