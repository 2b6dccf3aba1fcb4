package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.request.BodyFormat;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
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
    var format = BodyFormat.ofPatch(ask.request());
    var representation = ask.representation();
    return send(
        ask,
        format == BodyFormat.APPLY_PATCH ? applied(ask) : patched(ask, type(format)),
        representation);
  }

  private MutationRequest applied(Ask ask) {
    var options = WriteOptions.ofApply(ask.request());
    var body = bodies.applied(ask.call().body());
    var mutation = new Mutation.Apply(body.object(), ask.request().query().flag("force"));
    return writer.request(ask, ask.key(), mutation, options, body.duplicateFields());
  }

  private MutationRequest patched(Ask ask, PatchType type) {
    var options = WriteOptions.parse(ask.request(), "PatchOptions");
    var body = bodies.patch(ask.call().body());
    var mutation = new Mutation.Patch(type, body.patch());
    return writer.request(ask, ask.key(), mutation, options, body.duplicateFields());
  }

  private CompletionStage<Answer> send(
      Ask ask, MutationRequest request, Representation representation) {
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
      case JSON, YAML, PROTOBUF, APPLY_PATCH ->
          throw new IllegalStateException(format + " is not the format of a patch");
    };
  }
}
