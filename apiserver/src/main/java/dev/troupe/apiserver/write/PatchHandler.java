package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.read.ResourceReader;
import dev.troupe.apiserver.request.BodyFormat;
import dev.troupe.apiserver.write.RepeatedApplies.Said;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.resource.WriteReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Patches an object. The patch travels to the resource, which applies it: patches never race.
public final class PatchHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;
  private final ResourceReader reader;
  private final RepeatedApplies repeated = new RepeatedApplies();

  public PatchHandler(
      BodyReader bodies, MutationSender writer, WriteAnswer answers, ResourceReader reader) {
    this.bodies = bodies;
    this.reader = reader;
    this.writer = writer;
    this.answers = answers;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var format = BodyFormat.ofPatch(ask.request());
    var representation = ask.representation();
    var written =
        format == BodyFormat.APPLY_PATCH
            ? apply(ask)
            : writer.send(ask, patched(ask, type(format)));
    return ask.call()
        .thenWeighed(written, WriteAnswer::weight, reply -> answers.of(ask, representation, reply));
  }

  private CompletionStage<WriteReply> apply(Ask ask) {
    var options = WriteOptions.ofApply(ask.request());
    var said = RepeatedApplies.said(ask, options);
    if (said == null || !repeated.mayKnow(said)) {
      return decide(ask, options, said);
    }
    return ask.call()
        .thenStage(
            reader.newest(ask.key()),
            present ->
                repeated
                    .reply(said, ask, present)
                    .<CompletionStage<WriteReply>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> decide(ask, options, said)));
  }

  private CompletionStage<WriteReply> decide(Ask ask, WriteOptions options, @Nullable Said said) {
    return writer
        .send(ask, applied(ask, options))
        .thenApply(reply -> {
          repeated.answered(said, ask, reply);
          return reply;
        });
  }

  private MutationRequest applied(Ask ask, WriteOptions options) {
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
