package dev.troupe.resources.kind;

/// The kind of types that have nothing special.
public record Plain() implements Kind {}
