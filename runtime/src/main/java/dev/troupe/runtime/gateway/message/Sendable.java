package dev.troupe.runtime.gateway.message;

/// A letter, as bytes already or not yet.
public sealed interface Sendable permits Letter, Packed {}
