package dev.troupe.persistence.embedded.files;

/// A place in the engine's work at which its process may die. Whatever a place leaves behind is
/// understood by the next start; tests end the process at each of them.
public enum Moment {
  /// A frame is put together, and nothing of it written.
  APPEND,
  /// A frame is written and not synced.
  WRITTEN,
  /// A frame is durable, and nobody has been told.
  SYNCED,
  /// The next segment does not exist.
  SEGMENT_CREATE,
  /// The next segment is there, and durable.
  SEGMENT_CREATED,
  /// The log is about to go on in the next segment.
  ROLL,
  /// The log goes on in the next segment, and no frame is in it.
  ROLLED,
  /// Some of what retention removes has been named in the log, perhaps not all.
  PRUNE_REMOVED,
  /// Some of what old segments hold has been written again, perhaps not all.
  PRUNE_MOVED,
  /// The log says that old segments are needless, and they are all there.
  PRUNE_TRIMMED,
  /// One needless segment has been deleted, perhaps not the last.
  PRUNE_DELETED,
  /// The index is about to be written.
  INDEX_FLUSH,
  /// The index is on the disk.
  INDEX_FLUSHED
}
