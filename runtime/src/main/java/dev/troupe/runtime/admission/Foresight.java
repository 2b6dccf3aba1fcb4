package dev.troupe.runtime.admission;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.admission.AdmissionStep.OfResult;
import dev.troupe.runtime.admission.AdmissionStep.Stake;
import dev.troupe.runtime.admission.AdmissionStep.Verdict;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Writes whose result is looked at before it is stored: the pure mutation is evaluated on the
/// present object, the steps say what they think, and what they insist on is sent with the version
/// that it was computed from. If the object has changed meanwhile all begins anew.
final class Foresight {

  /// How often a write is decided at most.
  static final int TRIES = 8;

  /// What an exact write is refused with if the object has changed, come or gone.
  private static final Set<StatusReason> OUTRUN =
      EnumSet.of(StatusReason.CONFLICT, StatusReason.ALREADY_EXISTS, StatusReason.NOT_FOUND);

  private final Resources resources;
  private final ResourceRegistry registry;
  private final Mutator mutator;

  Foresight(Resources resources, ResourceRegistry registry, Mutator mutator) {
    this.resources = resources;
    this.registry = registry;
    this.mutator = mutator;
  }

  /// @param steps those that the write concerns
  CompletionStage<WriteReply> write(WriteRequest request, List<OfResult> steps) {
    return write(request, steps, 1);
  }

  private CompletionStage<WriteReply> write(
      WriteRequest request, List<OfResult> steps, int attempt) {
    var key = request.mutation().key();
    return resources
        .get(key)
        .thenCompose(present -> {
          var before = present.map(found -> JsonDecoder.stored(found.json())).orElse(null);
          var foreseen = Foreseen.of(request, before, mutator.apply(before, request.mutation()));
          return foreseen == null
              ? resources.write(request)
              : new Passage(steps, attempt).pass(0, foreseen);
        });
  }

  /// One evaluated write on its way past the steps.
  private final class Passage {

    private final List<OfResult> steps;
    private final int attempt;
    private final Deque<Stake> stakes = new ArrayDeque<>();
    private boolean exact;

    Passage(List<OfResult> steps, int attempt) {
      this.steps = steps;
      this.attempt = attempt;
    }

    CompletionStage<WriteReply> pass(int step, Foreseen foreseen) {
      return step == steps.size()
          ? send(foreseen)
          : ask(steps.get(step), foreseen)
              .thenCompose(verdict ->
                  switch (verdict) {
                    case Verdict.Passed(var stake) -> {
                      stakes.push(stake);
                      yield pass(step + 1, foreseen);
                    }
                    case Verdict.Exactly(var object, var stake) -> {
                      stakes.push(stake);
                      exact = true;
                      yield pass(step + 1, foreseen.with(object));
                    }
                    case Verdict.Refused(var refusal) -> settled(new WriteReply.Refused(refusal));
                  });
    }

    /// A step that fails ends the write as one that refuses it does.
    private CompletionStage<Verdict> ask(OfResult step, Foreseen foreseen) {
      return step.admit(foreseen)
          .exceptionallyCompose(failure ->
              settled(new WriteReply.Refused(Refusal.unavailable("admission failed")))
                  .thenCompose(_ -> CompletableFuture.failedFuture(failure)));
    }

    private CompletionStage<WriteReply> send(Foreseen foreseen) {
      var request = foreseen.request();
      return resources
          .write(exact ? foreseen.exactly(storedVersion(request)) : request)
          .thenCompose(reply -> isUnknown(reply) ? done(reply) : settled(reply))
          .thenCompose(reply ->
              exact && attempt < TRIES && isOutrun(request, reply)
                  ? write(request, steps, attempt + 1)
                  : done(exact ? withWarnings(foreseen, reply) : reply));
    }

    /// Tells all that have something at stake, and goes on when they are through.
    private CompletionStage<WriteReply> settled(WriteReply reply) {
      CompletionStage<?> all = done(reply);
      for (var stake : stakes) {
        all = all.thenCompose(_ -> stake.settle(reply)).exceptionally(_ -> null);
      }
      return all.thenApply(_ -> reply);
    }

    private String storedVersion(WriteRequest request) {
      return registry.find(request.mutation().key().type()).orElseThrow().storage().apiVersion();
    }
  }

  private static boolean isUnknown(WriteReply reply) {
    return reply instanceof WriteReply.Refused(var refusal)
        && refusal.reason() == StatusReason.TIMEOUT;
  }

  /// Whether the object is no longer what the result was computed from.
  private static boolean isOutrun(WriteRequest request, WriteReply reply) {
    return reply instanceof WriteReply.Refused(var refusal)
        && !(request.mutation().mutation() instanceof Mutation.Create)
        && OUTRUN.contains(refusal.reason());
  }

  /// The warnings of the request itself: what was sent in its place is beyond reproach.
  private static WriteReply withWarnings(Foreseen foreseen, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written(var outcome, var json, var version, _) ->
          new WriteReply.Written(outcome, json, version, foreseen.warnings());
      case WriteReply.Removed(var json, var version, _) ->
          new WriteReply.Removed(json, version, foreseen.warnings());
      case WriteReply.Refused _ -> reply;
    };
  }

  private static CompletionStage<WriteReply> done(WriteReply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
