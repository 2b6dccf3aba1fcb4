package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.runtime.resource.WriteReply;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Deletes one object, or begins to.
public final class DeleteHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;

  public DeleteHandler(BodyReader bodies, MutationSender writer, WriteAnswer answers) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var body = DeleteBody.read(ask.call(), bodies);
    var representation = ask.representation();
    return ask.call()
        .thenWeighed(
            delete(ask, ask.target().name(), body),
            WriteAnswer::weight,
            reply -> answers.ofDeletion(ask, representation, reply));
  }

  /// Deletes the object of this name in the namespace of the request.
  CompletionStage<WriteReply> delete(Ask ask, String name, DeleteBody body) {
    var key = ask.key(name);
    var options = body.writeOptions(ask.call());
    var request = writer.request(ask, key, new Mutation.Delete(body.options()), options, List.of());
    return writer.send(ask, request);
  }
}
