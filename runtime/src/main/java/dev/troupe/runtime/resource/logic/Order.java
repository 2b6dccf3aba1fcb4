package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.resource.WriteRequest;

/// A write on its way from the partition to its resource.
///
/// @param command what the partition knows it by
/// @param namespaceClosed whether creates with the request's namespace uid are over
public record Order(long epoch, long command, WriteRequest request, boolean namespaceClosed) {}
