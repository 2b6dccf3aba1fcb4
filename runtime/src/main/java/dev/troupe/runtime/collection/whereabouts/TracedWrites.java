package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.trace.TraceSpan;
import dev.troupe.runtime.trace.Traces;
import dev.troupe.runtime.trace.Traces.Step;

/// What partitions are told of writes, so that the traces of these show how long it took there, and
/// on the way to another member and back.
public record TracedWrites(Traces traces) {

  /// A write of this member.
  public PartitionMessage.Write sent(
      Whereabouts where, WriteRequest request, Recipient<WriteReply> replyTo) {
    return switch (where) {
      case Here here -> at(here, Step.PARTITION, request, replyTo);
      case Elsewhere elsewhere -> to(elsewhere, request, replyTo);
    };
  }

  /// A write of another member.
  public PartitionMessage.Write received(
      Here here, WriteRequest request, Recipient<WriteReply> replyTo) {
    return at(here, Step.RECEIVED, request, replyTo);
  }

  private PartitionMessage.Write to(
      Elsewhere elsewhere, WriteRequest request, Recipient<WriteReply> replyTo) {
    var span = traces.begin(Step.FORWARD, request.trace());
    if (span.context() == null) {
      return new PartitionMessage.Write(request, replyTo);
    }
    span.with("partition", elsewhere.id()).with("member", elsewhere.owner());
    return new PartitionMessage.Write(
        request.in(span.context()), reply -> answered(span, reply, replyTo));
  }

  private PartitionMessage.Write at(
      Here here, Step step, WriteRequest request, Recipient<WriteReply> replyTo) {
    var span = traces.begin(step, request.trace());
    if (span.context() == null) {
      return new PartitionMessage.Write(request, replyTo);
    }
    span.with("partition", here.id());
    return new PartitionMessage.Write(
        request.in(span.context()),
        reply -> {
          span.with("epoch", here.epoch().getAsLong());
          answered(span, reply, replyTo);
        });
  }

  /// The words of a refusal may be about what an object holds.
  private static void answered(TraceSpan span, WriteReply reply, Recipient<WriteReply> replyTo) {
    if (reply instanceof WriteReply.Refused(var refusal)) {
      var reason = refusal.reason();
      span.with("refused", reason);
      if (reason.isServerError()) {
        span.failed(reason.text());
      }
    }
    span.end();
    replyTo.tell(reply);
  }
}
