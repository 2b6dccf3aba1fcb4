package dev.troupe.apiserver.review;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.authorization.AccessRequest;
import dev.troupe.apiserver.authorization.AccessRule;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.Schemas;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers what callers ask about themselves. Nothing is stored.
public final class AccessReviews implements VerbHandler {

  private final BodyReader bodies;
  private final Conformer conformer;
  private final Authorizer authorizer;
  private final InstantSource clock;

  /// @param schemas of the reviews, among others
  public AccessReviews(
      BodyReader bodies, Schemas schemas, Authorizer authorizer, InstantSource clock) {
    this.bodies = bodies;
    this.conformer = new Conformer(schemas);
    this.authorizer = authorizer;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    WriteOptions.parse(ask.request(), "CreateOptions");
    var representation = ask.representation();
    ObjectNode review = read(ask);
    review.put("kind", ask.endpoint().type().names().kind());
    review.put("apiVersion", ask.endpoint().served().apiVersion());
    switch (ask.target().resource()) {
      case "selfsubjectaccessreviews" -> reviewAccess(ask.call().user(), review);
      case "selfsubjectrulesreviews" -> reviewRules(ask.call().user(), review);
      default -> reviewUser(ask.call().user(), review);
    }
    return CompletableFuture.completedFuture(answer(ask, review, representation));
  }

  /// The review, with what its type has and nothing else.
  private ObjectNode read(Ask ask) {
    ObjectNode body = bodies.object(ask.call()).object();
    checkKind(ask, body);
    var conformed = conformer.conform(body, ask.endpoint().served().schemaType());
    if (!conformed.typeErrors().isEmpty()) {
      String kind = ask.endpoint().type().names().kind();
      throw RefusedException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: %s"
              .formatted(
                  kind,
                  ask.endpoint().served().version(),
                  kind,
                  conformed.typeErrors().getFirst()));
    }
    return conformed.object();
  }

  private static Answer answer(Ask ask, ObjectNode review, Representation representation) {
    var schema = ask.endpoint().served().schemaType();
    return new Answer.Document(
        201, representation.contentType(), Encoding.encode(review, schema, representation));
  }

  private static void checkKind(Ask ask, ObjectNode review) {
    String kind = review.path("kind").asString("");
    String apiVersion = review.path("apiVersion").asString("");
    String expected = ask.endpoint().served().apiVersion();
    if (!apiVersion.isEmpty() && !apiVersion.equals(expected)) {
      throw RefusedException.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + expected
              + ")");
    }
    if (!kind.isEmpty() && !kind.equals(ask.endpoint().type().names().kind())) {
      throw RefusedException.badRequest(
          kind + " cannot be handled as a " + ask.endpoint().type().names().kind());
    }
  }

  private void reviewAccess(User user, ObjectNode review) {
    JsonNode spec = review.path("spec");
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    if (resource.isObject() == path.isObject()) {
      throw new RefusedException(
          Refusal.invalid(
              "authorization.k8s.io",
              "SelfSubjectAccessReview",
              "",
              List.of(
                  new FieldCause(
                      CauseType.FIELD_VALUE_INVALID,
                      "Invalid value: null: exactly one of nonResourceAttributes or"
                          + " resourceAttributes must be specified",
                      "spec.resourceAttributes"))));
    }
    AccessRequest request =
        resource.isObject()
            ? new AccessRequest.ToResource(
                text(resource, "verb"),
                text(resource, "group"),
                text(resource, "resource"),
                text(resource, "subresource"),
                text(resource, "namespace"),
                text(resource, "name"))
            : new AccessRequest.ToPath(text(path, "verb"), text(path, "path"));
    boolean allowed = authorizer.allows(user, request);
    ensureMetadata(review);
    review.putObject("status").put("allowed", allowed);
  }

  private void reviewRules(User user, ObjectNode review) {
    if (text(review.path("spec"), "namespace").isEmpty()) {
      throw RefusedException.badRequest("no namespace on request");
    }
    ensureMetadata(review);
    ObjectNode status = review.putObject("status");
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    for (AccessRule rule : authorizer.rules(user)) {
      switch (rule) {
        case AccessRule.OfResources(var verbs, var groups, var names) -> {
          ObjectNode node = resources.addObject();
          put(node, "verbs", verbs);
          put(node, "apiGroups", groups);
          put(node, "resources", names);
        }
        case AccessRule.OfPaths(var verbs, var urls) -> {
          ObjectNode node = paths.addObject();
          put(node, "verbs", verbs);
          put(node, "nonResourceURLs", urls);
        }
      }
    }
    status.put("incomplete", false);
  }

  private void reviewUser(User user, ObjectNode review) {
    ensureMetadata(review)
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode info = review.putObject("status").putObject("userInfo");
    info.put("username", user.name());
    put(info, "groups", user.groups());
    if (!user.extra().isEmpty()) {
      ObjectNode extra = info.putObject("extra");
      user.extra().forEach((name, values) -> put(extra, name, values));
    }
  }

  private static ObjectNode ensureMetadata(ObjectNode review) {
    return review.path("metadata") instanceof ObjectNode metadata
        ? metadata
        : review.putObject("metadata");
  }

  private static void put(ObjectNode node, String field, List<String> values) {
    ArrayNode list = node.putArray(field);
    values.forEach(list::add);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
