package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// Has a world serve the kinds that classes stand for, so that a test of a custom resource needs no
/// definition. What the class allows is all that is asked of an object.
final class ClassKinds {

  /// Kinds of Kubernetes are served where Troupe serves them.
  private static final String OF_KUBERNETES = "io.fabric8.kubernetes.api.model.";

  private final ResourceRegistry registry;
  private final List<ResourceType> defined = new ArrayList<>();

  ClassKinds(ResourceRegistry registry) {
    this.registry = registry;
  }

  /// The kinds of what a controller's objects relate to.
  <R extends HasMetadata> void serveObserved(Controller<R> controller) {
    controller.observe(new Observed<>(this));
  }

  private record Observed<R extends HasMetadata>(ClassKinds kinds) implements Observe<R> {

    private Observe<R> served(Class<? extends HasMetadata> type) {
      kinds.serve(type);
      return this;
    }

    @Override
    public Observe<R> owns(Class<? extends HasMetadata> type) {
      return served(type);
    }

    @Override
    public Observe<R> ownsAll(Class<? extends HasMetadata> type) {
      return served(type);
    }

    @Override
    public <T extends HasMetadata> Observe<R> watches(
        Class<T> type, Function<T, List<Ref>> concerns) {
      return served(type);
    }

    @Override
    public <T extends HasMetadata> Observe<R> selects(
        Class<T> type, Function<R, Map<String, String>> selector) {
      return served(type);
    }

    @Override
    public <T extends HasMetadata> Observe<R> refers(
        Class<T> type, Function<R, List<Ref>> references) {
      return served(type);
    }

    @Override
    public Observe<R> siblingsOwn(
        Class<? extends HasMetadata> type, Function<R, Optional<String>> owner) {
      return served(type);
    }

    @Override
    public Observe<R> where(Predicate<R> condition) {
      return this;
    }
  }

  void serve(Class<? extends HasMetadata> type) {
    if (type.getName().startsWith(OF_KUBERNETES)) {
      return;
    }
    var apiVersion = HasMetadata.getApiVersion(type);
    var kind = HasMetadata.getKind(type);
    if (apiVersion == null || registry.kind(apiVersion, kind).isPresent()) {
      return;
    }
    defined.add(DefinedType.of(definition(type, kind)));
    registry.define(defined);
  }

  private static ObjectNode definition(Class<? extends HasMetadata> type, String kind) {
    var group = HasMetadata.getGroup(type);
    var plural = HasMetadata.getPlural(type);
    var definition = Json.object();
    definition.putObject("metadata").put("name", plural + "." + group).put("generation", 1);
    var spec = definition.putObject("spec");
    spec.put("group", group)
        .put("scope", Namespaced.class.isAssignableFrom(type) ? "Namespaced" : "Cluster");
    spec.putObject("names")
        .put("plural", plural)
        .put("singular", kind.toLowerCase(Locale.ROOT))
        .put("kind", kind)
        .put("listKind", kind + "List");
    spec.putObject("conversion").put("strategy", "None");
    var version = spec.putArray("versions").addObject();
    version.put("name", HasMetadata.getVersion(type)).put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    version
        .putObject("schema")
        .putObject("openAPIV3Schema")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    return definition;
  }
}
