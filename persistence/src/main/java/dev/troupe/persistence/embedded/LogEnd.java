package dev.troupe.persistence.embedded;

/// Where a log goes on.
record LogEnd(Segment segment, int offset, long nextSequence) {}
