package dev.troupe.clusterconfig.furnishing;

import dev.troupe.api.definition.DefinitionLosses;
import dev.troupe.api.definition.KindDefinitions;
import dev.troupe.api.extension.Extension;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.definition.LateTypes;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The kinds that an extension brings along. Each member that runs it applies their definitions;
/// whoever comes later finds them as they are to be. A controller runs when the definition of what
/// it reconciles is installed, which is never done if stored objects would lose something.
public final class OwnKinds implements ControllerRegistration.RunGate {

  private static final Logger LOG = LoggerFactory.getLogger(OwnKinds.class);

  private static final TypeRef DEFINITIONS =
      new TypeRef("apiextensions.k8s.io", "customresourcedefinitions");

  /// By the name of the definition.
  private final Map<String, CustomResourceDefinition> definitions = new TreeMap<>();

  private final Map<String, CompletableFuture<Void>> installed = new HashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /// The definitions of what each controller reconciles, or follows as a whole.
  private final Map<String, List<String>> needed = new HashMap<>();

  private OwnKinds(Extension extension) {
    for (var definition : KindDefinitions.of(extension.kinds())) {
      var name = definition.getMetadata().getName();
      definitions.put(name, definition);
      installed.put(name, new CompletableFuture<>());
      troubles.put(name, "its kind " + name + " is not defined yet");
    }
    extension
        .controllers()
        .forEach(one -> needed.put(one.name(), definitions(List.of(one.resource()))));
    extension
        .collectionControllers()
        .forEach(one -> needed.put(one.name(), definitions(one.follows())));
  }

  private List<String> definitions(List<? extends Class<?>> classes) {
    return classes.stream()
        .filter(CustomResource.class::isAssignableFrom)
        .map(CustomResource::getCRDName)
        .filter(definitions::containsKey)
        .toList();
  }

  /// @throws IllegalArgumentException if a class cannot be a kind
  public static OwnKinds of(Extension extension) {
    return new OwnKinds(extension);
  }

  /// Whether there are any.
  public boolean isEmpty() {
    return definitions.isEmpty();
  }

  /// The types that are defined as their classes say, as far as this member has seen to it.
  private List<TypeRef> installed() {
    return definitions.keySet().stream()
        .filter(name -> future(name).isDone())
        .map(TypeRef::parse)
        .toList();
  }

  /// Completes when all are installed and served, or something keeps them from it.
  public CompletionStage<Void> begin(
      ObjectWrites writes, LateTypes late, ResourceRegistry registry) {
    return install(writes)
        .thenCompose(_ -> new KindWait(late, registry).until(installed()))
        .exceptionally(failure -> {
          LOG.info("kinds are not defined yet: {}", Failures.cause(failure).toString());
          return null;
        });
  }

  /// Applies the definitions that are not installed yet. To be called again: what is refused today
  /// need not be so tomorrow.
  ///
  /// @return fails if nobody could be asked
  public CompletionStage<Void> install(ObjectWrites writes) {
    var all =
        definitions.entrySet().stream()
            .filter(one -> !future(one.getKey()).isDone())
            .map(one -> install(one.getKey(), one.getValue(), writes).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all);
  }

  private CompletionStage<Void> install(
      String name, CustomResourceDefinition definition, ObjectWrites writes) {
    var key = new ResourceKey(DEFINITIONS, "", name);
    return writes
        .resources()
        .get(key)
        .thenCompose(present -> {
          var losses = present.map(one -> losses(one, definition)).orElse(List.of());
          if (!losses.isEmpty()) {
            refused(
                name,
                ("its definition on the server cannot become that of the class, as objects would"
                        + " lose data: %s. Let the class have what they would lose, or change the"
                        + " definition by hand if it may go")
                    .formatted(String.join("; ", losses)));
            return FirstObjects.DONE;
          }
          return writes
              .apply(key, (ObjectNode) ControllerJson.tree(definition))
              .thenAccept(reply -> answered(name, reply));
        })
        .whenComplete((_, failure) -> {
          if (failure != null) {
            troubles.put(name, "nobody could be asked: " + Failures.cause(failure).getMessage());
          }
        });
  }

  private static List<String> losses(StoredResource present, CustomResourceDefinition planned) {
    return DefinitionLosses.between(
        ControllerJson.read(present.json(), CustomResourceDefinition.class), planned);
  }

  private void answered(String name, WriteReply reply) {
    switch (reply) {
      case WriteReply.Written written -> {
        if (written.outcome() != WriteReply.Outcome.UNCHANGED) {
          LOG.info("{} is defined as its class says", name);
        }
        troubles.remove(name);
        future(name).complete(null);
      }
      case WriteReply.Removed _ -> throw new IllegalStateException(name + " was removed");
      case WriteReply.Refused(var refusal) -> refused(name, refusal.message());
    }
  }

  /// Said again only if it is something else.
  private void refused(String name, String why) {
    if (!why.equals(troubles.put(name, why))) {
      LOG.error("what reconciles {} does not run: {}", name, why);
    }
  }

  private CompletableFuture<Void> future(String name) {
    return Optional.ofNullable(installed.get(name)).orElseThrow();
  }

  @Override
  public CompletionStage<Void> opened(String controller) {
    return CompletableFuture.allOf(
        needed.getOrDefault(controller, List.of()).stream()
            .map(this::future)
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public String closedBecause(String controller) {
    return needed.getOrDefault(controller, List.of()).stream()
        .map(name -> troubles.getOrDefault(name, ""))
        .filter(trouble -> !trouble.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
