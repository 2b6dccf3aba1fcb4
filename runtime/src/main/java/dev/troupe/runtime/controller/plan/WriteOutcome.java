package dev.troupe.runtime.controller.plan;

import dev.troupe.runtime.resource.WriteReply;

/// What an answered write means for the plan that it belongs to.
public sealed interface WriteOutcome {

  /// It is as planned. `version` is the object's, from which on the view shows the write.
  record Done(long version) implements WriteOutcome {}

  /// The object is gone, and that is fine.
  record Gone() implements WriteOutcome {}

  /// The plan was made on something that has changed since.
  record Conflict(String message) implements WriteOutcome {}

  record Failed(String message) implements WriteOutcome {}

  static WriteOutcome of(PlannedWrite write, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> new Done(written.version());
      case WriteReply.Removed removed -> new Done(removed.version());
      case WriteReply.Refused(var refusal) ->
          switch (refusal.reason()) {
            case NOT_FOUND -> write.mayBeGone() ? new Gone() : new Conflict(refusal.message());
            case CONFLICT, ALREADY_EXISTS ->
                write.mayBeAnother() ? new Gone() : new Conflict(refusal.message());
            default -> new Failed(refusal.code() + " " + refusal.message());
          };
    };
  }
}
