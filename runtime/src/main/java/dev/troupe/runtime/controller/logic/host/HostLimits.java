package dev.troupe.runtime.controller.logic.host;

/// The bounds of what a host keeps awake.
///
/// @param awake how many objects have an actor at once
/// @param idleMillis how long an actor with nothing to do is kept
public record HostLimits(int awake, long idleMillis) {}
