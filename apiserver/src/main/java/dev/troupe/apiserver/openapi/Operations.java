package dev.troupe.apiserver.openapi;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The operations of one document: what is sent, and what is answered with which code.
final class Operations {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String STATUS = META + "Status";
  private static final String OK = "200";
  private static final String CREATED = "201";
  private static final List<String> PATCH_TYPES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");
  private static final List<String> PATCH_TYPES_OF_DEFINED =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/apply-patch+yaml");
  private static final List<String> BODY_TYPES =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
  private static final List<String> ANSWER_TYPES = List.of("application/json", "application/yaml");
  private static final Map<String, String> MEANINGS = Map.of(OK, "OK", CREATED, "Created");

  private final Components components;

  Operations(Components components) {
    this.components = components;
  }

  /// What an operation is about.
  ///
  /// @param tag the endpoint's group and version, such as `apps_v1`
  /// @param id what the ids of its operations have in common, such as `AppsV1NamespacedDeployment`
  /// @param schema that of the form in which it is sent and answered
  record OperationSubject(
      String tag, String id, String group, String version, String kind, String schema) {}

  ObjectNode list(OperationSubject subject, String id) {
    var operation = operation("list", id, "list or watch objects of kind", subject);
    operation.set("parameters", Parameters.listing());
    return answering(operation, Map.of(OK, one(subject.schema() + "List")));
  }

  ObjectNode read(OperationSubject subject) {
    var operation = operation("get", "read" + subject.id(), "read", subject);
    return answering(operation, Map.of(OK, one(subject.schema())));
  }

  ObjectNode readText(OperationSubject subject) {
    var operation = operation("get", "read" + subject.id(), "read log of the specified", subject);
    var text = content(List.of("text/plain"), NODES.objectNode().put("type", "string"));
    return answering(operation, Map.of(OK, text));
  }

  ObjectNode create(OperationSubject subject) {
    var operation = operation("post", "create" + subject.id(), "create", subject);
    return writing(operation, BODY_TYPES, subject.schema(), both(subject.schema()));
  }

  /// An order, which is answered by its success.
  ObjectNode order(OperationSubject subject) {
    var operation = operation("post", "create" + subject.id(), "create", subject);
    return writing(operation, BODY_TYPES, subject.schema(), both(STATUS));
  }

  ObjectNode replace(OperationSubject subject) {
    var operation = operation("put", "replace" + subject.id(), "replace", subject);
    return writing(operation, BODY_TYPES, subject.schema(), both(subject.schema()));
  }

  /// @param defined whether a definition describes the type: what strategic patches go by it does
  ///   not say, and clients send none where none is named
  ObjectNode patch(OperationSubject subject, boolean defined) {
    var operation = operation("patch", "patch" + subject.id(), "partially update", subject);
    var types = defined ? PATCH_TYPES_OF_DEFINED : PATCH_TYPES;
    var patching = writing(operation, types, META + "Patch", both(subject.schema()));
    patching.set("parameters", Parameters.patching());
    return patching;
  }

  /// @param answersObject whether the answer is the object even when it is gone at once
  ObjectNode delete(OperationSubject subject, boolean answersObject) {
    var operation = operation("delete", "delete" + subject.id(), "delete", subject);
    operation.set("parameters", Parameters.deleting());
    operation.set("requestBody", one(BODY_TYPES, META + "DeleteOptions"));
    var object = one(subject.schema());
    return answering(
        operation, Map.of(OK, answersObject ? object : either(STATUS, subject.schema())));
  }

  ObjectNode deleteCollection(OperationSubject subject, String id) {
    var operation = operation("deletecollection", id, "delete collection of", subject);
    operation.set("parameters", Parameters.listing().addAll(Parameters.deleting()));
    operation.set("requestBody", one(BODY_TYPES, META + "DeleteOptions"));
    return answering(operation, Map.of(OK, one(subject.schema() + "List")));
  }

  private ObjectNode writing(
      ObjectNode operation, List<String> types, String body, Map<String, ObjectNode> answers) {
    operation.set("parameters", Parameters.writing());
    operation.set("requestBody", one(types, body).put("required", true));
    return answering(operation, answers);
  }

  private static ObjectNode operation(
      String action, String id, String what, OperationSubject subject) {
    var operation = NODES.objectNode();
    operation.put("description", what + " " + subject.kind());
    operation.put("operationId", id);
    operation.putArray("tags").add(subject.tag());
    operation.put("x-kubernetes-action", action);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", subject.group())
        .put("version", subject.version())
        .put("kind", subject.kind());
    return operation;
  }

  /// Adds to the answers that are wanted the refusals, each of which is a `Status`.
  private ObjectNode answering(ObjectNode operation, Map<String, ObjectNode> answers) {
    var responses = operation.putObject("responses");
    for (var code : List.of(OK, CREATED)) {
      var answer = answers.get(code);
      if (answer != null) {
        responses.set(code, answer.deepCopy().put("description", MEANINGS.get(code)));
      }
    }
    responses.putObject("401").put("description", "Unauthorized");
    // Clients in Go can read no ranges of codes.
    responses.set("default", one(STATUS).put("description", "Refused"));
    return operation;
  }

  /// What is written may have been there or not.
  private Map<String, ObjectNode> both(String schema) {
    return Map.of(OK, one(schema), CREATED, one(schema));
  }

  private ObjectNode one(String schema) {
    return one(ANSWER_TYPES, schema);
  }

  private ObjectNode one(List<String> types, String schema) {
    return content(types, components.reference(schema));
  }

  private ObjectNode either(String first, String second) {
    var choice = NODES.objectNode();
    choice.putArray("anyOf").add(components.reference(first)).add(components.reference(second));
    return content(ANSWER_TYPES, choice);
  }

  private static ObjectNode content(List<String> types, ObjectNode schema) {
    var node = NODES.objectNode();
    var content = node.putObject("content");
    types.forEach(type -> content.putObject(type).set("schema", schema));
    return node;
  }
}
