package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteReply.Outcome;
import java.time.InstantSource;
import java.util.List;

/// What a write is answered with.
public final class WriteAnswer {

  private final InstantSource clock;

  public WriteAnswer(InstantSource clock) {
    this.clock = clock;
  }

  /// How many bytes an answer is made of.
  static long weight(WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> written.json().length;
      case WriteReply.Removed removed -> removed.json().length;
      case WriteReply.Refused _ -> 0;
    };
  }

  /// @throws RefusedException if the write was refused
  Answer of(Ask ask, Representation representation, WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written(var outcome, var json, _, var warnings) ->
          document(ask, representation, outcome == Outcome.CREATED ? 201 : 200, json, warnings);
      case WriteReply.Removed(var json, _, var warnings) ->
          document(ask, representation, 200, json, warnings);
      case WriteReply.Refused(var refusal) -> throw new RefusedException(refusal);
    };
  }

  /// @throws RefusedException if the deletion was refused
  Answer ofDeletion(Ask ask, Representation representation, WriteReply reply) {
    if (reply instanceof WriteReply.Removed(var json, _, var warnings)
        && !ask.endpoint().type().kind().answersDeleted()) {
      var metadata = JsonDecoder.stored(json).path("metadata");
      var names = ask.endpoint().type().names();
      var status =
          StatusDocument.deleted(
              metadata.path("name").asString(""),
              ask.endpoint().served().group(),
              names.plural(),
              metadata.path("uid").asString(""));
      var form = representation.whole();
      return new Answer.Document(200, form.contentType(), Encoding.status(status, form))
          .withWarnings(warnings);
    }
    return of(ask, representation, reply);
  }

  /// What an action answers.
  Answer success(Representation representation, int code) {
    var form = representation.whole();
    return new Answer.Document(
        code, form.contentType(), Encoding.status(StatusDocument.success(code), form));
  }

  private Answer document(
      Ask ask, Representation representation, int code, byte[] json, List<String> warnings) {
    byte[] body =
        ask.subresource() instanceof Subresource.View view
            ? Encoding.view(ask.endpoint(), view, json, representation, clock)
            : ask.form(representation, clock).object(json);
    return new Answer.Document(code, representation.contentType(), body).withWarnings(warnings);
  }
}
