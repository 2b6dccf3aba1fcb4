package dev.troupe.controllerhost.member;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.premises.LocalPremises;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes on one database: one runs, the other takes over what it has begun.
@Tag("thorough")
class StandbyIT {

  private static final String USER = "troupe.store.postgresql.user";
  private static final String PASSWORD_FILE = "troupe.store.postgresql.password-file";

  @TempDir private Path directory;

  private LocalPremises premises;
  private OneApiServer server;

  @BeforeEach
  void start() {
    premises =
        LocalPremises.open(
            directory.resolve("premises"), InstantSource.system(), new SecureRandom());
    System.setProperty(USER, premises.storeUser());
    System.setProperty(PASSWORD_FILE, premises.storePasswordFile().toString());
    ConfigFactory.invalidateCaches();
    server = OneApiServer.start(directory.resolve("server"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
    premises.close();
    System.clearProperty(USER);
    System.clearProperty(PASSWORD_FILE);
    ConfigFactory.invalidateCaches();
  }

  private TroupeControllers controllers() {
    return TroupeControllers.builder()
        .kubeconfig(server.kubeconfig())
        .store(premises.storeUrl())
        .add(new KitchenTimer(Duration.ofSeconds(5)));
  }

  @Test
  void timerThatOneHasSetRingsWithTheOther() {
    var first = controllers().start();
    var second = standingBy();
    try {
      server
          .client()
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace("default")
                  .withName("handed-over")
                  .addToLabels(KitchenTimer.RING, "yes")
                  .endMetadata()
                  .build())
          .create();
      awaitEvent("Set");
      assertThatThrownBy(() -> second.get(10, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    } finally {
      first.close();
    }

    try (var taken = second.join()) {
      awaitEvent("Rung");
      assertThat(taken.ended().toCompletableFuture()).isNotDone();
    }
  }

  /// It waits on a thread of its own: the common pool has work to do.
  private CompletableFuture<RunningControllers> standingBy() {
    var started = new CompletableFuture<RunningControllers>();
    Thread.ofPlatform()
        .name("stands-by")
        .start(() -> started.completeAsync(() -> controllers().start(), Runnable::run));
    return started;
  }

  private void awaitEvent(String reason) {
    var _ =
        server
            .client()
            .v1()
            .events()
            .inNamespace("default")
            .informOnCondition(
                all -> all.stream().anyMatch(event -> event.getReason().equals(reason)))
            .orTimeout(60, SECONDS)
            .join();
  }
}
