package dev.troupe.apiserver.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of operations.
final class Parameters {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Parameters() {}

  /// Of create, update and patch.
  static ArrayNode writing() {
    return NODES
        .arrayNode()
        .add(
            query(
                "dryRun",
                "string",
                "When present, indicates that modifications should not be persisted. The only valid"
                    + " value is All."))
        .add(
            query(
                "fieldManager",
                "string",
                "The name of the actor that makes the changes, at most 128 characters long."))
        .add(
            query(
                "fieldValidation",
                "string",
                "What the server does about unknown and duplicate fields: Ignore, Warn or"
                    + " Strict."));
  }

  static ArrayNode patching() {
    return writing()
        .add(
            query(
                "force",
                "boolean",
                "Takes fields from others who own them. Only for what is applied."));
  }

  static ArrayNode deleting() {
    return NODES
        .arrayNode()
        .add(
            query(
                "dryRun",
                "string",
                "When present, indicates that modifications should not be persisted. The only valid"
                    + " value is All."))
        .add(
            query(
                "gracePeriodSeconds",
                "integer",
                "The duration in seconds before the object should be deleted."))
        .add(
            query(
                "propagationPolicy",
                "string",
                "Whether and how garbage collection is performed: Orphan, Background or"
                    + " Foreground."));
  }

  static ArrayNode listing() {
    return NODES
        .arrayNode()
        .add(query("allowWatchBookmarks", "boolean", "Asks for events of type BOOKMARK."))
        .add(query("continue", "string", "Where the former page of the list ended."))
        .add(query("fieldSelector", "string", "Restricts the list by the objects' fields."))
        .add(query("labelSelector", "string", "Restricts the list by the objects' labels."))
        .add(query("limit", "integer", "The most objects that a page of the list may have."))
        .add(query("resourceVersion", "string", "The version that the answer must be based on."))
        .add(query("resourceVersionMatch", "string", "How resourceVersion is applied to lists."))
        .add(query("sendInitialEvents", "boolean", "Begins a watch with the present objects."))
        .add(query("timeoutSeconds", "integer", "Ends a list or watch after that time."))
        .add(query("watch", "boolean", "Streams the changes instead of listing the objects."));
  }

  static ObjectNode inPath(String name, String description) {
    return parameter(name, "path", "string", description).put("required", true);
  }

  private static ObjectNode query(String name, String type, String description) {
    return parameter(name, "query", type, description);
  }

  private static ObjectNode parameter(String name, String in, String type, String description) {
    var parameter = NODES.objectNode().put("name", name).put("in", in);
    parameter.put("description", description);
    parameter.putObject("schema").put("type", type).put("uniqueItems", true);
    return parameter;
  }
}
