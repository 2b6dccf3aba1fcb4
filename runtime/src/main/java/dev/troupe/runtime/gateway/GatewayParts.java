package dev.troupe.runtime.gateway;

import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.HostFence;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.TracedWrites;
import dev.troupe.runtime.gateway.bulk.ServedLists;
import dev.troupe.runtime.gateway.logic.Acquaintances;
import dev.troupe.runtime.gateway.report.GuestBook;
import dev.troupe.runtime.gateway.report.Reports;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.measure.MemberMeasures;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What of its member a gateway works with.
///
/// @param largestObject in bytes
/// @param executor where is done what takes long
/// @param lists those that others take from here
/// @param reports what members tell each other for people
/// @param guests who elsewhere follows partitions of this member
public record GatewayParts(
    Acquaintances acquaintances,
    PartitionDirectory directory,
    PartitionReader reader,
    Freshness freshness,
    HostFence hosts,
    SeenVersions seen,
    Handover handover,
    InstantSource time,
    int largestObject,
    Executor executor,
    ServedLists lists,
    Reports reports,
    GuestBook guests,
    MemberMeasures measures,
    TracedWrites traced) {}
