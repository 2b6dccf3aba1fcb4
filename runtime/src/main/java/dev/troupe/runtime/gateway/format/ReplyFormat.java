package dev.troupe.runtime.gateway.format;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;

/// What came of a write.
final class ReplyFormat {

  // A number is for ever: a variant that is gone keeps its own.
  private static final int WRITTEN = 1;
  private static final int REMOVED = 2;
  private static final int REFUSED = 3;

  /// The lengths of its three texts.
  private static final int LEAST_OF_A_CAUSE = 3;

  private ReplyFormat() {}

  static void reply(WireWriter out, WriteReply reply) {
    switch (reply) {
      case WriteReply.Written(var outcome, var json, var version, var warnings) -> {
        out.octet(WRITTEN);
        out.name(outcome);
        out.bytes(json);
        out.number(version);
        out.list(warnings, WireWriter::text);
      }
      case WriteReply.Removed(var json, var version, var warnings) -> {
        out.octet(REMOVED);
        out.bytes(json);
        out.number(version);
        out.list(warnings, WireWriter::text);
      }
      case WriteReply.Refused(var refusal) -> {
        out.octet(REFUSED);
        refusal(out, refusal);
      }
    }
  }

  static WriteReply reply(WireReader in) {
    int variant = in.octet();
    return switch (variant) {
      case WRITTEN ->
          new WriteReply.Written(
              in.name(WriteReply.Outcome.class),
              in.bytes(),
              in.number(),
              in.list(1, WireReader::text));
      case REMOVED -> new WriteReply.Removed(in.bytes(), in.number(), in.list(1, WireReader::text));
      case REFUSED -> new WriteReply.Refused(refusal(in));
      default -> throw new MalformedException("no reply has the number " + variant);
    };
  }

  private static void refusal(WireWriter out, Refusal refusal) {
    out.name(refusal.reason());
    out.text(refusal.message());
    out.optional(refusal.details(), ReplyFormat::details);
    out.number(refusal.retryAfterSeconds());
  }

  private static Refusal refusal(WireReader in) {
    return new Refusal(
        in.name(StatusReason.class), in.text(), in.optional(ReplyFormat::details), in.integer());
  }

  private static void details(WireWriter out, Details details) {
    out.text(details.name());
    out.text(details.group());
    out.text(details.kind());
    out.text(details.uid());
    out.list(details.causes(), ReplyFormat::cause);
  }

  private static Details details(WireReader in) {
    return new Details(
        in.text(), in.text(), in.text(), in.text(), in.list(LEAST_OF_A_CAUSE, ReplyFormat::cause));
  }

  private static void cause(WireWriter out, FieldCause cause) {
    out.name(cause.type());
    out.text(cause.message());
    out.text(cause.field());
  }

  private static FieldCause cause(WireReader in) {
    return new FieldCause(in.name(CauseType.class), in.text(), in.text());
  }
}
