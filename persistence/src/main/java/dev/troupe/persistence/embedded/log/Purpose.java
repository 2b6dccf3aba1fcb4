package dev.troupe.persistence.embedded.log;

/// What entries are for. It decides how far they may go while there is no next segment because the
/// disk is full: the end of the last segment is kept for what makes it readable, and for what makes
/// room.
public enum Purpose {
  /// Events, which are what fills a disk.
  EVENTS(8),
  /// Facts of partitions: promises to readers need a few bytes now and then.
  FACTS(6),
  /// Events that are written again so that an old segment can go: up to a quarter of a segment.
  MOVES(2),
  /// Epochs of partitions, without which nothing of them can be read.
  OPENING(1),
  /// What ends epochs, and makes room.
  UPKEEP(0);

  private static final int PARTS = 16;

  private final int keptParts;

  Purpose(int keptParts) {
    this.keptParts = keptParts;
  }

  /// How much of the last segment is not for this.
  int kept(int segmentBytes) {
    return segmentBytes / PARTS * keptParts;
  }
}
