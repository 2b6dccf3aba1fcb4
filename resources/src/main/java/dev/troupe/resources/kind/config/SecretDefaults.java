package dev.troupe.resources.kind.config;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/// A secret's plain strings are written into its data and never shown.
final class SecretDefaults implements Defaults {

  @Override
  public void complete(ObjectNode secret) {
    Given.orElse(secret, "type", "Opaque");
    var plain = Json.object(secret, "stringData");
    if (plain != null && !plain.isEmpty()) {
      var data = Json.child(secret, "data");
      for (var entry : plain.properties()) {
        var bytes = entry.getValue().asString("").getBytes(StandardCharsets.UTF_8);
        data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
    secret.remove("stringData");
  }
}
