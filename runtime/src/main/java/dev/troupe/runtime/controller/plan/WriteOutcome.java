package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import java.util.List;

/// What an answered write means for the plan that it belongs to.
public sealed interface WriteOutcome {

  /// It is as planned. `version` is the object's, from which on the view shows the write.
  record Done(long version) implements WriteOutcome {}

  /// The object is gone, and that is fine.
  record Gone() implements WriteOutcome {}

  record Failed(Failure failure) implements WriteOutcome {}

  static WriteOutcome of(PlannedWrite write, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> new Done(written.version());
      case WriteReply.Removed removed -> new Done(removed.version());
      case WriteReply.Refused(var refusal) ->
          isFine(write, refusal.reason()) ? new Gone() : new Failed(failure(write, refusal));
    };
  }

  private static boolean isFine(PlannedWrite write, StatusReason reason) {
    return reason == StatusReason.NOT_FOUND
        ? write.mayBeGone()
        : reason.isConflict() && write.mayBeAnother();
  }

  private static Failure failure(PlannedWrite write, Refusal refusal) {
    if (write.onlyCreates() && refusal.reason().isConflict()) {
      return new Failure.Refused(
          StatusReason.ALREADY_EXISTS,
          write.key() + " is there already and belongs to somebody else: plan another name",
          List.of());
    }
    var details = refusal.details();
    var causes =
        details == null
            ? List.<CauseType>of()
            : details.causes().stream().map(Refusal.FieldCause::type).toList();
    return new Failure.Refused(refusal.reason(), refusal.message(), causes);
  }
}
