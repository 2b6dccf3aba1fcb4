package dev.troupe.apiserver.write;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.runtime.resource.WriteReply;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// Does something to an object: what, says the subresource.
public final class ActionHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;

  public ActionHandler(BodyReader bodies, MutationSender writer, WriteAnswer answers) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var asked = WriteOptions.parse(ask.request(), "CreateOptions");
    var representation = ask.representation();
    var body = bodies.object(ask.call());
    var options =
        ask.target().subresource() instanceof Subresource.Dismissal removal
            ? asked.andDryRun(dryRun(removal.options(body.object())))
            : asked;
    var request =
        writer.request(
            ask, ask.key(), new Mutation.Create(body.object()), options, body.duplicateFields());
    return ask.call()
        .then(
            writer.send(ask, request),
            reply -> {
              if (reply instanceof WriteReply.Refused(var refusal)) {
                throw new RefusedException(refusal);
              }
              return answers.success(representation, 201);
            });
  }

  /// Whether an order says itself that nothing shall be stored.
  private static boolean dryRun(ObjectNode options) {
    var causes = new ArrayList<FieldCause>();
    boolean dryRun = WriteOptions.dryRun(Json.strings(options, "dryRun"), causes);
    if (!causes.isEmpty()) {
      throw new RefusedException(Refusals.invalidOptions("DeleteOptions", causes));
    }
    return dryRun;
  }
}
