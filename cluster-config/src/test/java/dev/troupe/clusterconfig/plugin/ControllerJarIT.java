package dev.troupe.clusterconfig.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `up` with a jar: one member, and three of which the one with the controller is killed.
@Tag("thorough")
@Timeout(300)
class ControllerJarIT {

  private static final String KETTLES = "/apis/kitchen.example.com/v1/namespaces/default/kettles";

  @TempDir private Path directory;

  private static void create(Api api, String name) {
    var answer =
        api.post(
            KETTLES,
            """
            {"apiVersion": "kitchen.example.com/v1", "kind": "Kettle",
             "metadata": {"name": "%s"}, "spec": {"celsius": 80}}
            """
                .formatted(name));
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(201);
  }

  private static void awaitHot(Api api, String name) {
    while (!api.get(KETTLES + "/" + name).body().at("/status/hot").asBoolean(false)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void memberRunsWhatANamedJarBrings() throws Exception {
    var jar = KettleJar.at(directory.resolve("kettle.jar"));
    try (var troupe =
        TroupeProcess.up(directory.resolve("data"), 0, "--controllers", jar.toString())) {
      create(troupe.api(), "one");
      awaitHot(troupe.api(), "one");
    }
  }

  @Test
  void memberRunsWhatIsInItsPlugins() throws Exception {
    var plugins = Files.createDirectories(directory.resolve("data/plugins"));
    KettleJar.at(plugins.resolve("kettle.jar"));
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0)) {
      create(troupe.api(), "one");
      awaitHot(troupe.api(), "one");
    }
  }

  @Test
  void threeMembersRunItAndGoOnWithoutTheOneThatDid() throws Exception {
    var jar = KettleJar.at(directory.resolve("kettle.jar"));
    try (var troupe =
        TroupeProcess.up(
            directory.resolve("data"), 0, "--members", "3", "--controllers", jar.toString())) {
      var api = troupe.api();
      create(api, "one");
      awaitHot(api, "one");

      var owner =
          api.get("/troupe/status")
              .body()
              .path("controllers")
              .valueStream()
              .filter(one -> one.path("controller").asString("").equals("kettle"))
              .map(one -> one.path("owner").asString(""))
              .findFirst()
              .orElseThrow();
      kill(owner);

      awaitHotThroughTheDoor(troupe, "two");
    }
  }

  /// Connections to the killed member break, and whoever asks meanwhile asks again.
  private static void awaitHotThroughTheDoor(TroupeProcess troupe, String name) {
    boolean made = false;
    boolean hot = false;
    while (!hot) {
      try {
        var api = troupe.api();
        if (!made) {
          create(api, name);
          made = true;
        }
        hot = api.get(KETTLES + "/" + name).body().at("/status/hot").asBoolean(false);
      } catch (UncheckedIOException broken) {
        made = made || isThere(troupe, name);
      }
    }
  }

  private static boolean isThere(TroupeProcess troupe, String name) {
    try {
      return troupe.api().get(KETTLES + "/" + name).code() == 200;
    } catch (UncheckedIOException broken) {
      return false;
    }
  }

  /// The member that others reach at this address.
  private void kill(String address) throws Exception {
    var port = address.substring(address.lastIndexOf(':') + 1);
    try (var members = Files.list(directory.resolve("data/members"))) {
      var home =
          members
              .filter(member -> isAt(member.resolve("member.conf"), port))
              .findFirst()
              .orElseThrow();
      var instance = InstanceFile.runningIn(home).orElseThrow();
      ProcessHandle.of(instance.pid()).orElseThrow().destroyForcibly();
    }
  }

  private static boolean isAt(Path configuration, String port) {
    try {
      return Files.readString(configuration).contains("\n  port = " + port + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
