package dev.troupe.controllers.definition;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

/// The end of a deleted definition.
record DefinitionEnd(ResourceKey key, CustomResourceDefinition definition, Cause cause) {

  static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  Plan plan() {
    return Plan.nothing();
  }
}
