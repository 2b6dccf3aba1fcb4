package dev.troupe.resources.patch;

import dev.troupe.resources.schema.Schemas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Documents and their patches in few words. JSON may be written with single quotes.
final class Documents {

  static final String DEPLOYMENT = "io.k8s.api.apps.v1.Deployment";
  static final String POD = "io.k8s.api.core.v1.Pod";

  private static final JsonMapper JSON = new JsonMapper();

  private Documents() {}

  static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  static ObjectNode applied(Patched patched) {
    if (!(patched instanceof Patched.Applied(var document))) {
      throw new AssertionError(patched.toString());
    }
    return document;
  }

  static Patched.Rejected rejected(Patched patched) {
    if (!(patched instanceof Patched.Rejected rejected)) {
      throw new AssertionError(patched.toString());
    }
    return rejected;
  }

  static Patched strategic(String pod, String patch) {
    return StrategicMergePatch.apply(object(pod), json(patch), Schemas.standard(), POD);
  }
}
