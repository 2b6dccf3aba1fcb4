package dev.troupe.resources.kind.config;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

final class ConfigMapValidation implements Validation {

  @Override
  public void check(ObjectNode configMap, FieldErrors errors) {
    KeyedData.keys(configMap, "data", errors);
    KeyedData.keys(configMap, "binaryData", errors);
    var binary = Json.object(configMap, "binaryData");
    for (var entry : Json.entries(configMap, "data")) {
      if (Json.has(binary, entry.getKey())) {
        errors.invalid(
            Path.ROOT.child("data").key(entry.getKey()),
            entry.getKey(),
            "duplicate of key present in binaryData");
      }
    }
    int bytes = KeyedData.textBytes(configMap.get("data")) + KeyedData.base64Bytes(binary);
    if (bytes > KeyedData.MAX_BYTES) {
      errors.tooLong(Path.ROOT.key(""), KeyedData.MAX_BYTES);
    }
  }

  @Override
  public void checkChange(ObjectNode configMap, ObjectNode old, FieldErrors errors) {
    KeyedData.keepIfImmutable(configMap, old, List.of("data", "binaryData"), errors);
  }
}
