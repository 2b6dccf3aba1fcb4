package dev.troupe.controllerhost.member;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Controllers that were away, and servers that were.
class DowntimeIT {

  private static final Duration AFTER = Duration.ofSeconds(2);

  @TempDir private Path directory;

  private OneApiServer server;
  private RunningControllers controllers;

  @BeforeEach
  void start() {
    server = OneApiServer.start(directory.resolve("server"), 0);
    controllers = started(AFTER);
  }

  private RunningControllers started(Duration after) {
    return TroupeControllers.builder()
        .kubeconfig(server.kubeconfig())
        .data(directory.resolve("controllers"))
        .add(new KitchenTimer(after))
        .start();
  }

  @AfterEach
  void stop() {
    controllers.close();
    server.close();
  }

  @Test
  void timerThatCameDueWhileNobodyRanRingsOnce() {
    client().resource(map("early")).create();
    client().resource(map("gone")).create();
    awaitTold("early", "Set");
    awaitTold("gone", "Set");
    controllers.close();
    client().resource(map("gone")).delete();

    // One that is set now would ring too late for anybody: only a timer that was kept rings.
    controllers = started(Duration.ofHours(1));

    assertThat(awaitRung("early").getMetadata().getAnnotations()).containsKey(KitchenTimer.RUNG);
    awaitTold("early", "Rung");
    assertThat(rings("early"))
        .singleElement()
        .satisfies(event -> assertThat(event.getCount()).isEqualTo(1));
    assertThat(rings("gone")).isEmpty();
  }

  @Test
  void serverThatWasAwayIsFollowedOn() {
    int port = server.port();
    client().resource(map("before")).create();
    awaitRung("before");
    awaitTold("before", "Rung");
    server.close();

    server = OneApiServer.start(directory.resolve("server"), port);
    client().resource(map("after")).create();

    awaitRung("after");
    assertThat(rings("before")).hasSize(1);
  }

  private KubernetesClient client() {
    return server.client();
  }

  /// What is told of a decision is told when that is durable.
  private void awaitTold(String name, String reason) {
    var _ =
        client()
            .v1()
            .events()
            .inNamespace("default")
            .informOnCondition(all -> all.stream().anyMatch(event -> isAbout(event, name, reason)))
            .orTimeout(30, SECONDS)
            .join();
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .addToLabels(KitchenTimer.RING, "yes")
        .endMetadata()
        .build();
  }

  private ConfigMap awaitRung(String name) {
    return Objects.requireNonNull(
        client()
            .configMaps()
            .inNamespace("default")
            .withName(name)
            .waitUntilCondition(
                map ->
                    map != null
                        && map.getMetadata().getAnnotations() != null
                        && map.getMetadata().getAnnotations().containsKey(KitchenTimer.RUNG),
                60,
                SECONDS));
  }

  private List<Event> rings(String name) {
    return client().v1().events().inNamespace("default").list().getItems().stream()
        .filter(event -> isAbout(event, name, "Rung"))
        .toList();
  }

  private static boolean isAbout(Event event, String name, String reason) {
    return event.getInvolvedObject().getName().equals(name) && event.getReason().equals(reason);
  }
}
