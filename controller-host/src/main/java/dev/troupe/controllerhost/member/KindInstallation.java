package dev.troupe.controllerhost.member;

import dev.troupe.api.definition.DefinitionLosses;
import dev.troupe.api.definition.KindDefinitions;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.controllerhost.request.ApiPaths;
import dev.troupe.controllerhost.request.StatusReader;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.failure.Failures;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionException;

/// Installs the definitions of the kinds that controllers reconcile, as their classes say.
record KindInstallation(ApiConnection connection) {

  private static final TypeRef DEFINITIONS =
      new TypeRef("apiextensions.k8s.io", "customresourcedefinitions");

  private static final String VERSION = "apiextensions.k8s.io/v1";
  private static final int NOT_FOUND = 404;
  private static final Duration ESTABLISHED = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /// Returns when all are served.
  ///
  /// @throws CannotRunException if one is not, or stored objects would lose something
  void install(Collection<Class<? extends CustomResource<?, ?>>> kinds) {
    KindDefinitions.of(kinds).forEach(this::install);
  }

  private void install(CustomResourceDefinition definition) {
    var name = definition.getMetadata().getName();
    var path = ApiPaths.object(new ResourceKey(DEFINITIONS, "", name), VERSION);
    var present = send(RemoteCall.get(path));
    if (present.isGood()) {
      checkLosses(name, present, definition);
    } else if (present.code() != NOT_FOUND) {
      throw refused(name, present);
    }
    var applied =
        send(
            new RemoteCall(
                "PATCH",
                path + "?fieldManager=troupe-controllers&force=true",
                "application/apply-patch+yaml",
                ControllerJson.bytes(definition)));
    if (!applied.isGood()) {
      throw refused(name, applied);
    }
    awaitEstablished(name, path, definition);
  }

  private static void checkLosses(
      String name, RemoteAnswer present, CustomResourceDefinition definition) {
    var losses =
        DefinitionLosses.between(
            ControllerJson.read(present.body(), CustomResourceDefinition.class), definition);
    if (!losses.isEmpty()) {
      throw new CannotRunException(
          ("the definition %s of the server cannot become that of the class, as objects would lose"
                  + " data: %s. Let the class have what they would lose, or change the definition by"
                  + " hand if it may go")
              .formatted(name, String.join("; ", losses)),
          null);
    }
  }

  private static CannotRunException refused(String name, RemoteAnswer answer) {
    return new CannotRunException(
        "the definition %s cannot be installed: %s"
            .formatted(name, StatusReader.refusal(answer).message()),
        null);
  }

  private void awaitEstablished(String name, String path, CustomResourceDefinition definition) {
    long end = System.nanoTime() + ESTABLISHED.toNanos();
    while (!isEstablished(send(RemoteCall.get(path))) || !isServed(definition)) {
      if (System.nanoTime() > end) {
        throw new CannotRunException(
            "the definition " + name + " is not established: look at its conditions", null);
      }
      pause();
    }
  }

  private static boolean isEstablished(RemoteAnswer answer) {
    if (!answer.isGood()) {
      return false;
    }
    for (var condition : ControllerJson.object(answer.body()).path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Established")
          && condition.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }

  private boolean isServed(CustomResourceDefinition definition) {
    var spec = definition.getSpec();
    var type = new TypeRef(spec.getGroup(), spec.getNames().getPlural());
    return spec.getVersions().stream()
        .map(version -> spec.getGroup() + "/" + version.getName())
        .map(version -> send(RemoteCall.get(ApiPaths.collection(type, version, "") + "?limit=1")))
        .noneMatch(answer -> answer.code() == NOT_FOUND);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CannotRunException("stopped while definitions are installed", stopped);
    }
  }

  private RemoteAnswer send(RemoteCall call) {
    try {
      return connection.send(call).toCompletableFuture().join();
    } catch (CompletionException failure) {
      var cause = Failures.cause(failure);
      throw new CannotRunException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
