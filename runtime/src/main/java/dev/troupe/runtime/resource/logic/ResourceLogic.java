package dev.troupe.runtime.resource.logic;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.codec.EncodedObject;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteReply.Outcome;
import dev.troupe.runtime.store.EventRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Decides what a write does to a resource of one type. Pure; shared by all resources of the type.
public final class ResourceLogic implements Deciding {

  private final Mutator mutator;
  private final IndexEntryReader reader;
  private final int maxBytes;

  /// @param maxBytes how large an object may become as JSON
  public ResourceLogic(ResourceType type, Mutator mutator, int maxBytes) {
    this.mutator = mutator;
    this.reader = IndexEntryReader.of(type);
    this.maxBytes = maxBytes;
  }

  @Override
  public Decision decide(ResourceState state, Order order, Instant now) {
    var request = order.request();
    var first = state.answered(request.mutationKey());
    if (first.isPresent()) {
      return new ResourceEffect.Answer(order.number(), first.get().reply(), first.get().version());
    }
    if (now.isAfter(request.deadline())) {
      return refuse(state, order, tooLate());
    }
    var current = state.exists() ? JsonDecoder.stored(state.json()) : null;
    return switch (mutator.apply(current, request.mutation())) {
      case MutationResult.Refused(var refusal) -> refuse(state, order, refusal);
      case MutationResult.Unchanged(_, var warnings) ->
          answer(state, order, unchanged(state, warnings));
      case MutationResult.Stored stored ->
          stored.created() && order.closing() != Order.Shut.NOTHING
              ? refuse(state, order, closed(order))
              : store(state, current, order, stored, now);
      case MutationResult.Removed removed -> remove(state, current, order, removed, now);
    };
  }

  private static Refusal closed(Order order) {
    return order.closing() == Order.Shut.NAMESPACE
        ? Refusal.namespaceTerminating(order.key())
        : Refusal.typeTerminating();
  }

  /// A write that came too late to be decided. It has not been stored.
  public static Refusal tooLate() {
    return new Refusal(
        StatusReason.TIMEOUT,
        "the deadline passed before the write was decided; it was not stored",
        Refusal.Details.NONE,
        1);
  }

  private Decision store(
      ResourceState state,
      @Nullable ObjectNode current,
      Order order,
      MutationResult.Stored stored,
      Instant now) {
    var body = JsonEncoder.encodeUnversioned(stored.object());
    if (body.length() > maxBytes) {
      return refuse(
          state, order, Refusal.tooLarge("Request entity too large: limit is " + maxBytes));
    }
    if (order.request().mutation().options().dryRun()) {
      return answer(state, order, dryRun(state, stored, body));
    }
    return draft(
        stored.created() ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED,
        state,
        current,
        order,
        body,
        stored.object(),
        stored.warnings(),
        now);
  }

  private Decision remove(
      ResourceState state,
      @Nullable ObjectNode current,
      Order order,
      MutationResult.Removed removed,
      Instant now) {
    var body = JsonEncoder.encodeUnversioned(removed.last());
    if (order.request().mutation().options().dryRun()) {
      var json = body.withVersion(state.version());
      return answer(
          state, order, new WriteReply.Removed(json, state.version(), removed.warnings()));
    }
    return draft(
        EventRecord.Type.DELETED,
        state,
        current,
        order,
        body,
        removed.last(),
        removed.warnings(),
        now);
  }

  private Draft draft(
      EventRecord.Type event,
      ResourceState state,
      @Nullable ObjectNode current,
      Order order,
      EncodedObject body,
      ObjectNode object,
      List<String> warnings,
      Instant now) {
    var request = order.request();
    return new Draft(
        order.number(),
        event,
        order.key(),
        state.sequence() + 1,
        state.exists() ? state.version() : 0,
        body,
        reader.read(object),
        current == null ? null : reader.read(current),
        request.cause(),
        request.mutationKey(),
        now.toEpochMilli(),
        warnings);
  }

  private static WriteReply unchanged(ResourceState state, List<String> warnings) {
    return new WriteReply.Written(Outcome.UNCHANGED, state.json(), state.version(), warnings);
  }

  /// What would be stored; a new object has no version, as it is never stored.
  private static WriteReply dryRun(
      ResourceState state, MutationResult.Stored stored, EncodedObject body) {
    return stored.created()
        ? new WriteReply.Written(
            Outcome.CREATED,
            JsonEncoder.encode(stored.object()),
            state.version(),
            stored.warnings())
        : new WriteReply.Written(
            Outcome.CHANGED, body.withVersion(state.version()), state.version(), stored.warnings());
  }

  private static Decision refuse(ResourceState state, Order order, Refusal refusal) {
    return answer(state, order, new WriteReply.Refused(refusal));
  }

  private static Decision answer(ResourceState state, Order order, WriteReply reply) {
    return new ResourceEffect.Answer(order.number(), reply, state.version());
  }
}
