package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Asks a pod to go, as `kubectl drain` does. There are no disruption budgets that could forbid it.
public record Eviction() implements Subresource.Dismissal {

  private static final Form FORM =
      new Form("policy", "v1", "Eviction", "io.k8s.api.policy.v1.Eviction");

  @Override
  public String name() {
    return "eviction";
  }

  @Override
  public Form form() {
    return FORM;
  }

  @Override
  public ObjectNode options(ObjectNode order) {
    var options = Json.object(order, "deleteOptions");
    return options == null ? Json.object() : options;
  }
}
