package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.resources.mutation.Mutation;
import java.util.concurrent.CompletionStage;

/// Replaces an object, or the part of it that a subresource stands for.
public final class UpdateHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;

  public UpdateHandler(BodyReader bodies, MutationSender writer, WriteAnswer answers) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = WriteOptions.parse(ask.request(), "UpdateOptions");
    var representation = ask.representation();
    var body = bodies.object(ask.call());
    var request =
        writer.request(
            ask, ask.key(), new Mutation.Update(body.object()), options, body.duplicateFields());
    return ask.call()
        .thenWeighed(
            writer.send(ask, request),
            WriteAnswer::weight,
            written -> answers.of(ask, representation, written));
  }
}
