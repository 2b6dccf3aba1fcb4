package dev.troupe.testkit.load.object;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.process.Api;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;

/// Sends what is asked of the objects of one collection, and records it with what came of it.
///
/// @param history whose versions can be compared
/// @param nanos a clock that only rises
/// @param value what of an object each write makes another
/// @param version rises with each write, and with nothing else
record ObjectRecorder(
    ClientHistory history,
    LongSupplier nanos,
    Function<JsonNode, String> value,
    ToLongFunction<JsonNode> version) {

  private static final int FIRST_ERROR = 300;
  private static final int INTERNAL_ERROR = 500;
  private static final int TIMEOUT = 504;

  /// An operation and what came of it.
  ///
  /// @param version of the object; 0 if nobody said it
  record Reply(Outcome outcome, int code, String value, long version) {

    static final Reply NONE = new Reply(Outcome.UNKNOWN, 0, "", 0);
  }

  /// @param written what it writes; empty for a read
  /// @param precondition the version that it demands; 0 for any
  Reply send(
      Kind kind, String key, String written, long precondition, Supplier<Api.Answer> request) {
    long start = nanos.getAsLong();
    Reply reply;
    try {
      reply = reply(request.get());
    } catch (UncheckedIOException unanswered) {
      reply = Reply.NONE;
    }
    boolean read = kind == Kind.GET && reply.outcome() == Outcome.DONE;
    history.add(
        new Operation(
            kind,
            key,
            read ? reply.value() : written,
            precondition,
            start,
            reply.outcome() == Outcome.UNKNOWN ? Long.MAX_VALUE : nanos.getAsLong(),
            reply.outcome(),
            reply.code(),
            reply.version()));
    return reply;
  }

  private Reply reply(Api.Answer answer) {
    int code = answer.code();
    if (code == TIMEOUT || code == INTERNAL_ERROR) {
      return new Reply(Outcome.UNKNOWN, code, "", 0);
    }
    if (code >= FIRST_ERROR) {
      return new Reply(Outcome.REFUSED, code, "", 0);
    }
    return new Reply(
        Outcome.DONE, code, value.apply(answer.body()), version.applyAsLong(answer.body()));
  }
}
