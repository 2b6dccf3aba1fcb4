package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.request.BodyFormat;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import java.util.concurrent.CompletionStage;

/// Patches an object. The patch travels to the resource, which applies it: patches never race.
public final class PatchHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;

  public PatchHandler(BodyReader bodies, MutationSender writer, WriteAnswer answers) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var type = type(BodyFormat.ofPatch(ask.request()));
    var options = WriteOptions.parse(ask.request(), "PatchOptions");
    var representation = ask.representation();
    var body = bodies.patch(ask.call().body());
    var request =
        writer.request(
            ask,
            ask.key(),
            new Mutation.Patch(type, body.patch()),
            options,
            body.duplicateFields());
    return ask.call()
        .thenWeighed(
            writer.send(ask, request),
            WriteAnswer::weight,
            written -> answers.of(ask, representation, written));
  }

  private static PatchType type(BodyFormat format) {
    return switch (format) {
      case JSON_PATCH -> PatchType.JSON;
      case MERGE_PATCH -> PatchType.MERGE;
      case STRATEGIC_PATCH -> PatchType.STRATEGIC;
      case JSON, YAML, PROTOBUF ->
          throw new IllegalStateException(format + " is not the format of a patch");
    };
  }
}
