package dev.troupe.runtime.admission;

import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// One rule that a write passes on its way to its resource.
///
/// First come the steps that look at what is asked for, in their order; then those that look at
/// what would come of it, in theirs. Most writes concern few steps, and are sent on without being
/// evaluated here. A stage that a step returns fails only as those of
/// [dev.troupe.runtime.collection.Resources] do, and is of no use after the deadline of the write.
public sealed interface AdmissionStep {

  /// Whether the step has a say in the write. Asked about every write, so it must be cheap.
  boolean concerns(MutationRequest request);

  /// Looks at what is asked for, before it is known what comes of it: completes it, or refuses.
  non-sealed interface OfRequest extends AdmissionStep {
    CompletionStage<Asked> admit(WriteRequest request);
  }

  /// Looks at what would come of the write, as the present object and the pure mutation say:
  /// changes it, refuses it, or has something at stake in it.
  ///
  /// Called again, with a new evaluation, when the object has changed before an exact result was
  /// stored. What comes to nothing, or is refused anyway, is not shown.
  non-sealed interface OfResult extends AdmissionStep {
    CompletionStage<Verdict> admit(Foreseen foreseen);
  }

  /// What a step says to what is asked for.
  sealed interface Asked {

    /// Goes on, with what the step has completed.
    record Passed(WriteRequest request) implements Asked {}

    /// Goes on with what the step believes, which may have been true until a moment ago.
    ///
    /// @param isOutdated whether an answer shows that it is not any more
    /// @param exactly then asks once more, so that it is known
    record Believed(
        WriteRequest request,
        Predicate<WriteReply> isOutdated,
        Supplier<CompletionStage<Asked>> exactly)
        implements Asked {}

    record Refused(Refusal refusal) implements Asked {}
  }

  /// What a step says to what would come of a write.
  sealed interface Verdict {

    /// The mutation may be sent as it is, whatever becomes of the object meanwhile.
    record Passed(Stake stake) implements Verdict {}

    /// Only this may be stored, and only if the object is still what it was computed from.
    record Exactly(ObjectNode object, Stake stake) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
  }

  /// What a step has done for the sake of a write, and must put right when its outcome is known.
  @FunctionalInterface
  interface Stake {

    Stake NONE = _ -> CompletableFuture.completedStage(null);

    /// Told once for each verdict, last step first: how the write went, or with which refusal a
    /// later step ended it. Not told if the outcome is unknown: then nothing may be undone. The
    /// answer waits for the stage, and does not mind its failure.
    CompletionStage<?> settle(WriteReply reply);
  }
}
