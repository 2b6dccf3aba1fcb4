package dev.troupe.persistence.embedded.tables;

import org.jspecify.annotations.Nullable;

/// A change of one row of the tables.
///
/// @param value null if there is to be no such row
public record Row(byte[] key, byte @Nullable [] value) {}
