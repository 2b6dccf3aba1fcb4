package dev.troupe.runtime.resource.logic;

/// What is remembered of a version in flight: whose answer it will be, and what is being stored.
public record Flight(long command, Draft draft) {}
