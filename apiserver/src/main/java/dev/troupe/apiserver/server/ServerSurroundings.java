package dev.troupe.apiserver.server;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.apiserver.backup.BackupSource;
import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.definition.LateTypes;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.overview.Overseer;
import dev.troupe.runtime.trace.Traces;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What an API server needs of the member that it is part of.
///
/// @param lateTypes where it is asked before a type counts as unknown
/// @param ids makes uids, each only once
/// @param random safe for use by several threads
/// @param journal what is kept of single objects
/// @param controllers the names of those that keep what they remember there
/// @param checks what readiness depends on
/// @param counters what only rises and is to be seen under `/metrics`, by name
/// @param figures what else is to be seen there
public record ServerSurroundings(
    ResourceRegistry registry,
    LateTypes lateTypes,
    Resources resources,
    PodLogs logs,
    InstantSource clock,
    Supplier<String> ids,
    RandomGenerator random,
    Journal journal,
    List<String> controllers,
    List<HealthCheck> checks,
    Overseer overseer,
    BackupSource backups,
    Map<String, LongSupplier> counters,
    Supplier<List<Figure>> figures,
    Traces traces) {}
