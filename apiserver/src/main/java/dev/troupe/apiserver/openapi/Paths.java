package dev.troupe.apiserver.openapi;

import dev.troupe.apiserver.discovery.ServedGroups.ServedType;
import dev.troupe.apiserver.openapi.Operations.OperationSubject;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The paths of one document, with an operation for each verb that is served.
final class Paths {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String root;
  private final Operations operations;
  private final ObjectNode document = NODES.objectNode();

  Paths(String root, Components components) {
    this.root = root;
    this.operations = new Operations(components);
  }

  ObjectNode document() {
    return document;
  }

  void add(ServedType served) {
    var type = served.type();
    var subject = subject(served);
    var plural = type.names().plural();
    if (type.namespaced() && type.verbs().contains(Verb.LIST)) {
      var id = "list" + prefix(served) + type.names().kind() + "ForAllNamespaces";
      path(plural, false, false).set("get", operations.list(subject, id));
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

  private static OperationSubject subject(ServedType served) {
    var version = served.served();
    return new OperationSubject(
        tag(served),
        prefix(served) + scopedKind(served),
        version.group(),
        version.version(),
        served.type().names().kind(),
        version.schemaType());
  }

  private static OperationSubject subject(ServedType served, Subresource subresource) {
    var form = served.form(subresource);
    return new OperationSubject(
        tag(served),
        prefix(served) + scopedKind(served) + capitalized(subresource.name()),
        form.group(),
        form.version(),
        form.kind(),
        form.schemaType());
  }

  private static String tag(ServedType served) {
    return group(served) + "_" + served.served().version();
  }

  private static String prefix(ServedType served) {
    return capitalized(group(served)) + capitalized(served.served().version());
  }

  private static String group(ServedType served) {
    var group = served.served().group();
    return group.isEmpty() ? "core" : group.replaceAll("\\..*", "");
  }

  private static String scopedKind(ServedType served) {
    var kind = served.type().names().kind();
    return served.type().namespaced() ? "Namespaced" + kind : kind;
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
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

  private void collection(ServedType served, OperationSubject subject, ObjectNode path) {
    var verbs = served.type().verbs();
    if (verbs.contains(Verb.LIST)) {
      path.set("get", operations.list(subject, "list" + subject.id()));
    }
    if (verbs.contains(Verb.CREATE)) {
      path.set("post", operations.create(subject));
    }
    if (verbs.contains(Verb.DELETECOLLECTION)) {
      var id = "delete" + prefix(served) + "Collection" + scopedKind(served);
      path.set("delete", operations.deleteCollection(subject, id));
    }
  }

  private void item(ServedType served, OperationSubject subject, ObjectNode path) {
    var verbs = served.type().verbs();
    path.set("get", operations.read(subject));
    if (verbs.contains(Verb.UPDATE)) {
      path.set("put", operations.replace(subject));
    }
    if (verbs.contains(Verb.PATCH)) {
      path.set("patch", operations.patch(subject, served.type().kind().isDefined()));
    }
    if (verbs.contains(Verb.DELETE)) {
      path.set("delete", operations.delete(subject, served.type().kind().answersDeleted()));
    }
  }

  private void subresource(ServedType served, Subresource subresource, ObjectNode path) {
    var subject = subject(served, subresource);
    for (var verb : subresource.verbs()) {
      switch (verb) {
        case GET ->
            path.set(
                "get",
                subresource instanceof Subresource.Stream
                    ? operations.readText(subject)
                    : operations.read(subject));
        case UPDATE -> path.set("put", operations.replace(subject));
        case PATCH ->
            path.set("patch", operations.patch(subject, served.type().kind().isDefined()));
        case CREATE ->
            path.set(
                "post",
                subresource instanceof Subresource.Action
                        || subresource instanceof Subresource.Dismissal
                    ? operations.order(subject)
                    : operations.create(subject));
        case DELETE, DELETECOLLECTION, LIST, WATCH ->
            throw new IllegalStateException("no operation for verb " + verb);
      }
    }
  }
}
