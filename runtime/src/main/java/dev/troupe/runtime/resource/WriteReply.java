package dev.troupe.runtime.resource;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal;
import java.util.List;

/// The one answer to a [WriteRequest], given when everything that it was decided on can be read.
public sealed interface WriteReply {

  /// The object was created, changed, or found as wanted (`UNCHANGED`). `json` is the object, its
  /// version included.
  record Written(Outcome outcome, byte[] json, long version, List<String> warnings)
      implements WriteReply {}

  /// The object is gone; `json` is its last content, `version` that of the deletion. To a repeated
  /// deletion there may be no content any more.
  record Removed(byte[] json, long version, List<String> warnings) implements WriteReply {}

  record Refused(Refusal refusal) implements WriteReply {}

  /// Whether it is certain that nothing was stored, and the same write may be stored elsewhere or
  /// later. Of other refusals that do not say so neither is known.
  default boolean isNotStored() {
    return this instanceof Refused(var refusal)
        && refusal.reason() == StatusReason.SERVICE_UNAVAILABLE;
  }

  enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED
  }
}
