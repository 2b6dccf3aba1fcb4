package dev.troupe.apiserver.status;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `Status` objects of `meta/v1`.
public final class StatusDocument {

  private StatusDocument() {}

  public static ObjectNode of(Refusal refusal) {
    return of(refusal, "");
  }

  /// @param continueToken a token to go on with, for lists that have expired; else empty
  public static ObjectNode of(Refusal refusal, String continueToken) {
    ObjectNode status = start();
    ObjectNode metadata = status.putObject("metadata");
    if (!continueToken.isEmpty()) {
      metadata.put("continue", continueToken);
    }
    status.put("status", "Failure");
    status.put("message", refusal.message());
    putText(status, "reason", refusal.reason().text());
    putDetails(status, refusal.details(), refusal.retryAfterSeconds());
    return status.put("code", refusal.code());
  }

  /// What a deletion answers when the object is gone.
  public static ObjectNode deleted(String name, String group, String plural, String uid) {
    ObjectNode status = start();
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", name);
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    details.put("kind", plural).put("uid", uid);
    return status;
  }

  /// A success that has nothing to say, such as that of a binding.
  public static ObjectNode success(int code) {
    ObjectNode status = start();
    status.putObject("metadata");
    return status.put("status", "Success").put("code", code);
  }

  private static ObjectNode start() {
    return JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
  }

  private static void putDetails(ObjectNode status, @Nullable Details details, int retryAfter) {
    if (details == null && retryAfter == 0) {
      return;
    }
    ObjectNode node = status.putObject("details");
    if (details != null) {
      putText(node, "name", details.name());
      putText(node, "group", details.group());
      putText(node, "kind", details.kind());
      putText(node, "uid", details.uid());
      if (!details.causes().isEmpty()) {
        ArrayNode causes = node.putArray("causes");
        details.causes().forEach(cause -> putCause(causes.addObject(), cause));
      }
    }
    if (retryAfter > 0) {
      node.put("retryAfterSeconds", retryAfter);
    }
  }

  private static void putCause(ObjectNode node, FieldCause cause) {
    putText(node, "reason", cause.type().text());
    putText(node, "message", cause.message());
    putText(node, "field", cause.field());
  }

  private static void putText(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
