package dev.troupe.apiserver.write;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.BodyReader.Body;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.DeclaredType;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.resource.WriteReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Creates an object.
public final class CreateHandler implements VerbHandler {

  private final BodyReader bodies;
  private final MutationSender writer;
  private final WriteAnswer answers;
  private final GeneratedNames names;

  public CreateHandler(
      BodyReader bodies, MutationSender writer, WriteAnswer answers, GeneratedNames names) {
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
    this.names = names;
  }

  /// A creation, read and valid in itself.
  private record Creation(
      Ask ask, WriteOptions options, Representation representation, Body body, String base) {}

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var options = WriteOptions.parse(ask.request(), "CreateOptions");
    var representation = ask.representation();
    var body = bodies.object(ask.call());
    DeclaredType.mismatch(
            body.object(), ask.endpoint().type(), ask.endpoint().served().apiVersion())
        .ifPresent(refusal -> {
          throw new RefusedException(refusal);
        });
    checkMetadata(ask, body.object().path("metadata"));
    String name = metadataText(body.object(), "name");
    String base = name.isEmpty() ? metadataText(body.object(), "generateName") : "";
    // Refused with all that is wrong with it: having no name is one of these.
    boolean nameless = name.isEmpty() && base.isEmpty();
    var creation = new Creation(ask, options.andDryRun(nameless), representation, body, base);
    return base.isEmpty() ? create(creation, body.object(), name) : createNamed(creation, 1);
  }

  private CompletionStage<Answer> createNamed(Creation creation, int attempt) {
    String name = names.next(creation.base);
    ObjectNode object = creation.body.object().deepCopy();
    ((ObjectNode) object.path("metadata")).put("name", name);
    return creation
        .ask
        .call()
        .thenStage(
            send(creation, object, name),
            reply -> {
              if (!isTaken(reply)) {
                return CompletableFuture.completedFuture(answer(creation, reply));
              }
              if (attempt < GeneratedNames.TRIES) {
                return createNamed(creation, attempt + 1);
              }
              throw new RefusedException(noFreeName(((WriteReply.Refused) reply).refusal()));
            });
  }

  private CompletionStage<Answer> create(Creation creation, ObjectNode object, String name) {
    return creation
        .ask
        .call()
        .thenWeighed(
            send(creation, object, name), WriteAnswer::weight, reply -> answer(creation, reply));
  }

  private CompletionStage<WriteReply> send(Creation creation, ObjectNode object, String name) {
    var ask = creation.ask;
    var request =
        writer.request(
            ask,
            ask.key(name),
            new Mutation.Create(object),
            creation.options,
            creation.body.duplicateFields());
    return writer.send(ask, request);
  }

  private Answer answer(Creation creation, WriteReply reply) {
    return answers.of(creation.ask, creation.representation, reply);
  }

  private static boolean isTaken(WriteReply reply) {
    return reply instanceof WriteReply.Refused(var refusal)
        && refusal.reason() == StatusReason.ALREADY_EXISTS;
  }

  private static Refusal noFreeName(Refusal taken) {
    return new Refusal(
        StatusReason.ALREADY_EXISTS,
        taken.message() + ", the server was not able to generate a unique name for the object",
        taken.details(),
        1);
  }

  private static void checkMetadata(Ask ask, JsonNode metadata) {
    if (!metadata.isObject() && !metadata.isNull() && !metadata.isMissingNode()) {
      String kind = ask.endpoint().type().names().kind();
      throw RefusedException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: json: cannot unmarshal %s into Go struct"
                  .formatted(kind, ask.endpoint().served().version(), kind, typeOf(metadata))
              + " field %s.metadata of type v1.ObjectMeta".formatted(kind));
    }
  }

  private static String typeOf(JsonNode value) {
    return value.isNumber()
        ? "number"
        : value.isArray()
            ? "array"
            : value.isString() ? "string" : value.isBoolean() ? "bool" : "object";
  }

  private static String metadataText(ObjectNode object, String field) {
    JsonNode value = object.path("metadata").path(field);
    if (value.isString() || value.isNull() || value.isMissingNode()) {
      return value.asString("");
    }
    throw RefusedException.badRequest(
        "json: cannot unmarshal "
            + typeOf(value)
            + " into Go struct field ObjectMeta.metadata."
            + field
            + " of type string");
  }
}
