package dev.troupe.runtime.resource.logic;

import dev.troupe.runtime.resource.WriteReply;

/// What a resource makes of a write.
public sealed interface Decision {

  /// Nothing is stored.
  ///
  /// @param decidedOn the version that the resource had; the answer is true once that is released
  record Answer(WriteReply reply, long decidedOn) implements Decision {}

  /// One event is to be stored, under a version that is still to be taken.
  record Store(Draft draft) implements Decision {}
}
