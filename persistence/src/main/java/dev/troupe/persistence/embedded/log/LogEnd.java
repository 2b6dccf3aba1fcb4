package dev.troupe.persistence.embedded.log;

/// Where a log goes on.
public record LogEnd(Segment segment, int offset, long nextSequence) {}
