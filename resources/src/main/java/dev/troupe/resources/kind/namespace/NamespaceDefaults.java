package dev.troupe.resources.kind.namespace;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// A namespace carries its name as a label, always.
final class NamespaceDefaults implements Defaults {

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public void complete(ObjectNode namespace) {
    var metadata = Json.child(namespace, "metadata");
    var name = Json.text(metadata, "name");
    if (!name.isEmpty()) {
      Json.child(metadata, "labels").put(NAME_LABEL, name);
    }
    Given.orElse(Json.child(namespace, "status"), "phase", "Active");
  }
}
