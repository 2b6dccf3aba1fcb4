package dev.troupe.controllerhost.member;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.controllerhost.collection.ScriptedServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said when controllers cannot begin.
class CannotRunTest {

  @TempDir private Path directory;

  private TroupeControllers controllers() {
    return TroupeControllers.builder()
        .data(directory.resolve("data"))
        .add(new KitchenTimer(Duration.ofSeconds(1)));
  }

  private TroupeControllers at(Config server) {
    var kubeconfig = directory.resolve("kubeconfig");
    try {
      Files.writeString(
          kubeconfig,
          """
          apiVersion: v1
          kind: Config
          current-context: it
          clusters: [{name: it, cluster: {server: "%s"}}]
          users: [{name: it, user: {token: secret}}]
          contexts: [{name: it, context: {cluster: it, user: it}}]
          """
              .formatted(server.getMasterUrl()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return controllers().kubeconfig(kubeconfig);
  }

  @Test
  void whatMayNotBeListedIsNamed() {
    try (var server = ScriptedServer.start()) {
      server.then(
          403,
          "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"code\":403,"
              + "\"message\":\"configmaps is forbidden: User \\\"it\\\" cannot list\"}");

      assertThatThrownBy(() -> at(server.config()).start())
          .isInstanceOf(CannotRunException.class)
          .hasMessageContaining("configmaps is forbidden")
          .hasMessageContaining("`rbac` prints");
    }
  }

  @Test
  void kindThatIsNotServedIsNamed() {
    try (var server = ScriptedServer.start()) {
      server.then(404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"code\":404}");

      assertThatThrownBy(() -> at(server.config()).start())
          .hasMessageContaining("does not serve configmaps in v1: install its CustomResourceDef");
    }
  }

  @Test
  void userWhoIsNotKnownIsTold() {
    try (var server = ScriptedServer.start()) {
      server.then(401, "{\"kind\":\"Status\",\"reason\":\"Unauthorized\",\"code\":401}");
      server.then(401, "{\"kind\":\"Status\",\"reason\":\"Unauthorized\",\"code\":401}");

      assertThatThrownBy(() -> at(server.config()).start())
          .hasMessageContaining("does not know who asks");
    }
  }

  @Test
  void serverThatIsNotThereIsNamed() {
    var server = ScriptedServer.start();
    var config = server.config();
    server.close();

    assertThatThrownBy(() -> at(config).start())
        .hasMessageContaining(
            "nobody answers at the API server " + config.getMasterUrl().replaceAll("/$", ""));
  }

  @Test
  void whatWasForgottenIsSaid() {
    assertThatThrownBy(() -> TroupeControllers.builder().start())
        .hasMessageContaining("call data(directory)");
    assertThatThrownBy(() -> TroupeControllers.builder().data(directory).start())
        .hasMessageContaining("call add(controller)");
    assertThatThrownBy(() -> controllers().kubeconfig(directory.resolve("none")).start())
        .hasMessageContaining("there is no kubeconfig");
  }
}
