package dev.troupe.resources.kind.network;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

final class EndpointSliceDefaults implements Defaults {

  @Override
  public void complete(ObjectNode slice) {
    for (var port : Json.objects(slice, "ports")) {
      Given.orElse(port, "name", "");
      Given.orElse(port, "protocol", "TCP");
    }
  }
}
