package dev.troupe.apiserver.openapi;

import dev.troupe.apiserver.discovery.ServedGroups.ServedType;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The paths of one document, with an operation for each verb that is served.
final class Paths {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String STATUS = META + "Status";
  private static final String DELETE_OPTIONS = META + "DeleteOptions";
  private static final List<String> PATCH_TYPES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json");
  private static final List<String> BODY_TYPES =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

  private final String root;
  private final Components components;
  private final ObjectNode document = NODES.objectNode();

  /// The kind that an operation is about.
  private record Subject(String group, String version, String kind, String schema) {}

  Paths(String root, Components components) {
    this.root = root;
    this.components = components;
  }

  ObjectNode document() {
    return document;
  }

  void add(ServedType served) {
    var type = served.type();
    var version = served.served();
    var subject =
        new Subject(version.group(), version.version(), type.names().kind(), version.schemaType());
    var plural = type.names().plural();
    if (type.namespaced() && type.verbs().contains(Verb.LIST)) {
      path(plural, false, false).set("get", list(subject));
    }
    collection(served, subject, path(scoped(served, plural), type.namespaced(), false));
    if (type.verbs().contains(Verb.GET)) {
      var item = scoped(served, plural) + "/{name}";
      item(served, subject, path(item, type.namespaced(), true));
      for (var each : type.subresources()) {
        subresource(served, each, path(item + "/" + each.name(), type.namespaced(), true));
      }
    }
  }

  private static String scoped(ServedType served, String plural) {
    return served.type().namespaced() ? "namespaces/{namespace}/" + plural : plural;
  }

  private ObjectNode path(String relative, boolean namespace, boolean name) {
    var path = document.putObject(root + "/" + relative);
    var parameters = path.putArray("parameters");
    if (namespace) {
      parameters.add(Parameters.inPath("namespace", "object name and auth scope"));
    }
    if (name) {
      parameters.add(Parameters.inPath("name", "name of the object"));
    }
    return path;
  }

  private void collection(ServedType served, Subject subject, ObjectNode path) {
    var verbs = served.type().verbs();
    if (verbs.contains(Verb.LIST)) {
      path.set("get", list(subject));
    }
    if (verbs.contains(Verb.CREATE)) {
      path.set("post", writing("post", "create", subject, BODY_TYPES, subject.schema()));
    }
    if (verbs.contains(Verb.DELETECOLLECTION)) {
      var operation = operation("deletecollection", "delete collection of", subject, STATUS);
      operation.set("parameters", Parameters.listing().addAll(Parameters.deleting()));
      path.set("delete", operation);
    }
  }

  private void item(ServedType served, Subject subject, ObjectNode path) {
    var verbs = served.type().verbs();
    path.set("get", operation("get", "read", subject, subject.schema()));
    if (verbs.contains(Verb.UPDATE)) {
      path.set("put", writing("put", "replace", subject, BODY_TYPES, subject.schema()));
    }
    if (verbs.contains(Verb.PATCH)) {
      path.set("patch", writing("patch", "partially update", subject, PATCH_TYPES, META + "Patch"));
    }
    if (verbs.contains(Verb.DELETE)) {
      var operation = operation("delete", "delete", subject, STATUS);
      operation.set("parameters", Parameters.deleting());
      operation.set("requestBody", content(BODY_TYPES, DELETE_OPTIONS));
      path.set("delete", operation);
    }
  }

  private void subresource(ServedType served, Subresource subresource, ObjectNode path) {
    var form = served.form(subresource);
    var subject = new Subject(form.group(), form.version(), form.kind(), form.schemaType());
    var schema = subject.schema();
    boolean text = subresource instanceof Subresource.Stream;
    for (var verb : subresource.verbs()) {
      switch (verb) {
        case GET ->
            path.set("get", text ? log(subject) : operation("get", "read", subject, schema));
        case UPDATE -> path.set("put", writing("put", "replace", subject, BODY_TYPES, schema));
        case PATCH ->
            path.set(
                "patch",
                writing("patch", "partially update", subject, PATCH_TYPES, META + "Patch"));
        case CREATE -> path.set("post", writing("post", "create", subject, BODY_TYPES, schema));
        case DELETE, DELETECOLLECTION, LIST, WATCH ->
            throw new IllegalStateException("no operation for verb " + verb);
      }
    }
  }

  private ObjectNode list(Subject subject) {
    var operation =
        operation("list", "list or watch objects of kind", subject, subject.schema() + "List");
    operation.set("parameters", Parameters.listing());
    return operation;
  }

  private ObjectNode log(Subject subject) {
    return operation("get", "read log of the specified", subject, "");
  }

  private ObjectNode writing(
      String action, String description, Subject subject, List<String> mediaTypes, String body) {
    var operation = operation(action, description, subject, subject.schema());
    operation.set("parameters", Parameters.writing());
    operation.set("requestBody", content(mediaTypes, body).put("required", true));
    return operation;
  }

  private ObjectNode operation(String action, String what, Subject subject, String answer) {
    var operation = NODES.objectNode();
    operation.put("description", what + " " + subject.kind());
    var tag = subject.group().isEmpty() ? "core" : subject.group().replaceAll("\\..*", "");
    operation.putArray("tags").add(tag + "_" + subject.version());
    var responses = operation.putObject("responses");
    var ok = responses.putObject("200").put("description", "OK");
    if (answer.isEmpty()) {
      ok.putObject("content").putObject("text/plain").putObject("schema").put("type", "string");
    } else {
      ok.setAll(content(List.of("application/json", "application/yaml"), answer));
    }
    responses.putObject("401").put("description", "Unauthorized");
    operation.put("x-kubernetes-action", action.toLowerCase(Locale.ROOT));
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", subject.group())
        .put("version", subject.version())
        .put("kind", subject.kind());
    return operation;
  }

  private ObjectNode content(List<String> mediaTypes, String schema) {
    var node = NODES.objectNode();
    var content = node.putObject("content");
    mediaTypes.forEach(type -> content.putObject(type).set("schema", components.reference(schema)));
    return node;
  }
}
