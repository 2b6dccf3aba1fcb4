package dev.troupe.apiserver.rest;

import dev.troupe.apiserver.admission.NamespaceLifecycle;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.WriteOptions;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.subresource.Whole;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Replaces an object, or the part of it that a subresource stands for.
final class UpdateHandler implements VerbHandler {

  private final BodyReader bodies;
  private final Writer writer;
  private final WriteAnswer answers;
  private final NamespaceLifecycle namespaces;
  private final ServiceWrites services;

  UpdateHandler(
      BodyReader bodies,
      Writer writer,
      WriteAnswer answers,
      NamespaceLifecycle namespaces,
      ServiceWrites services) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
    this.namespaces = namespaces;
    this.services = services;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = WriteOptions.parse(ask.request(), "UpdateOptions");
    var representation = ask.representation();
    var body = bodies.object(ask.call());
    return ask.call()
        .thenStage(
            admitted(ask),
            uid -> {
              var request =
                  writer.request(
                      ask,
                      ask.key(),
                      new Mutation.Update(body.object()),
                      options,
                      body.duplicateFields(),
                      uid.orElse(null));
              var reply =
                  ServiceWrites.concerns(ask)
                      ? services.change(ask, request)
                      : writer.send(ask, request);
              return ask.call().then(reply, written -> answers.of(ask, representation, written));
            });
  }

  /// An update may create only objects of types that allow it; for them the namespace matters.
  private CompletionStage<Optional<String>> admitted(Ask ask) {
    return ask.endpoint().type().lifecycle().createOnUpdate()
            && ask.target().subresource() instanceof Whole
        ? namespaces.admitUpdate(ask.endpoint().type(), ask.namespace(), ask.key())
        : CompletableFuture.completedFuture(Optional.empty());
  }
}
