package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The current fabric8 client, unmodified, against a real process.
class Fabric8IT {

  @TempDir private static Path directory;

  private static TroupeProcess troupe;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws IOException {
    troupe = TroupeProcess.up(directory.resolve("data"), 0);
    client = connect(troupe);
  }

  @AfterAll
  static void stop() {
    client.close();
    troupe.close();
  }

  @Test
  void objectsAreCreatedReadChangedAndDeleted() {
    var maps = client.configMaps().inNamespace("default");
    var created = maps.resource(configMap("crud", "a")).create();
    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThat(maps.withName("crud").get().getData()).containsEntry("key", "a");
    var updated =
        maps.withName("crud").edit(map -> new ConfigMapBuilder(map).addToData("key", "b").build());
    assertThat(updated.getMetadata().getResourceVersion())
        .isNotEqualTo(created.getMetadata().getResourceVersion());
    assertThatThrownBy(() -> maps.resource(configMap("crud", "c")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThatThrownBy(() ->
            maps.resource(new ConfigMapBuilder(created).addToData("key", "stale").build())
                .lockResourceVersion()
                .update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(maps.withLabel("suite", "crud").list().getItems()).hasSize(1);
    assertThat(maps.withName("crud").delete()).hasSize(1);
    assertThat(maps.withName("crud").get()).isNull();
  }

  @Test
  void everyPatchTypeWorks() {
    var map = client.configMaps().inNamespace("default").resource(configMap("patched", "a"));
    map.create();
    var resource = client.configMaps().inNamespace("default").withName("patched");
    resource.patch(
        PatchContext.of(PatchType.JSON),
        "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"1\"}]");
    resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"2\"}}");
    resource.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"3\"}}");
    assertThat(resource.get().getData())
        .isEqualTo(Map.of("key", "a", "json", "1", "merge", "2", "strategic", "3"));
  }

  @Test
  void deploymentBecomesReadyAndIsScaled() {
    var deployments = client.apps().deployments().inNamespace("default");
    deployments
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    deployments.withName("web").waitUntilReady(60, TimeUnit.SECONDS);
    deployments.withName("web").scale(3);
    deployments
        .withName("web")
        .waitUntilCondition(
            web ->
                web.getStatus() != null
                    && Integer.valueOf(3).equals(web.getStatus().getReadyReplicas()),
            60,
            TimeUnit.SECONDS);
    assertThat(client.pods().inNamespace("default").withLabel("app", "web").list().getItems())
        .hasSize(3)
        .allSatisfy(pod -> assertThat(pod.getStatus().getPodIP()).isNotBlank());
  }

  @Test
  void watchDeliversChangesInOrder() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    var maps = client.configMaps().inNamespace("default").withLabel("suite", "watched");
    try (var _ =
        maps.watch(
            new Watcher<ConfigMap>() {
              @Override
              public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getData().get("key"));
              }

              @Override
              public void onClose(WatcherException cause) {
                seen.add("closed " + cause);
              }
            })) {
      var map = client.configMaps().inNamespace("default").resource(configMap("watched", "1"));
      map.create();
      client
          .configMaps()
          .inNamespace("default")
          .withName("watched")
          .edit(old -> new ConfigMapBuilder(old).addToData("key", "2").build());
      map.delete();
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("ADDED 1");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("MODIFIED 2");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("DELETED 2");
    }
  }

  @Test
  void informerSurvivesARestartOfTheServer() throws IOException, InterruptedException {
    var data = directory.resolve("restarted");
    var server = TroupeProcess.up(data, 0);
    int port = URI.create(Api.server(server.kubeconfig())).getPort();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (var own = connect(server)) {
      own.configMaps().inNamespace("default").resource(configMap("before", "1")).create();
      try (var informer =
          own.configMaps().inNamespace("default").withLabel("suite").inform(recording(seen), 0)) {
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("added before");
        server.kill();
        server = TroupeProcess.up(data, port);
        own.configMaps().inNamespace("default").resource(configMap("after", "1")).create();
        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("added after");
        assertThat(informer.getStore().list()).hasSize(2);
      }
    } finally {
      server.close();
    }
  }

  @Test
  void objectsAreAppliedByTheServer() {
    var maps = client.configMaps().inNamespace("default");
    var applied = maps.resource(configMap("applied", "a")).serverSideApply();
    assertThat(applied.getMetadata().getManagedFields())
        .extracting(ManagedFieldsEntry::getOperation)
        .containsExactly("Apply");
    assertThat(maps.resource(configMap("applied", "a")).serverSideApply().getMetadata())
        .isEqualTo(applied.getMetadata());

    maps.withName("applied").edit(map -> new ConfigMapBuilder(map).addToData("key", "b").build());
    assertThatThrownBy(() -> maps.resource(configMap("applied", "c")).serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(
            maps.resource(configMap("applied", "c")).forceConflicts().serverSideApply().getData())
        .containsEntry("key", "c");
  }

  @Test
  void objectsOfADefinedTypeAreAppliedAndFollowed() throws InterruptedException {
    DefinitionsIT.define(client);
    var tabs = client.genericKubernetesResources(DefinitionsIT.CONTEXT).inNamespace("default");
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (var informer = tabs.inform(recording(seen), 0)) {
      var applied = tabs.resource(DefinitionsIT.cronTab("applied")).serverSideApply();
      assertThat(applied.getMetadata().getManagedFields())
          .extracting(ManagedFieldsEntry::getOperation)
          .containsExactly("Apply");
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("added applied");
      tabs.withName("applied").scale(4);
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("updated applied");
      assertThatThrownBy(() -> tabs.resource(DefinitionsIT.cronTab("applied")).serverSideApply())
          .hasMessageContaining("with subresource \"scale\"")
          .hasMessageContaining(".spec.replicas");
      tabs.resource(DefinitionsIT.cronTab("applied")).forceConflicts().serverSideApply();
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("updated applied");
      tabs.withName("applied").delete();
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("deleted applied");
      assertThat(informer.getStore().list()).isEmpty();
    }
  }

  @Test
  void oneOfTwoLeadsUntilItLetsGo() throws InterruptedException {
    BlockingQueue<String> leaders = new LinkedBlockingQueue<>();
    var first = elect("first", leaders);
    assertThat(leaders.poll(20, TimeUnit.SECONDS)).isEqualTo("first leads");
    var second = elect("second", leaders);
    first.cancel(true);
    assertThat(List.of(next(leaders), next(leaders)))
        .containsExactlyInAnyOrder("first is done", "second leads");
    assertThat(
            client
                .leases()
                .inNamespace("default")
                .withName("throne")
                .get()
                .getSpec()
                .getHolderIdentity())
        .isEqualTo("second");
    second.cancel(true);
  }

  private static String next(BlockingQueue<String> lines) throws InterruptedException {
    return String.valueOf(lines.poll(20, TimeUnit.SECONDS));
  }

  private static Future<?> elect(String who, BlockingQueue<String> leaders) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("throne")
                .withLeaseDuration(Duration.ofSeconds(15))
                .withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofMillis(200))
                .withReleaseOnCancel(true)
                .withLock(new LeaseLock("default", "throne", who))
                .withLeaderCallbacks(
                    new LeaderCallbacks(
                        () -> leaders.add(who + " leads"),
                        () -> leaders.add(who + " is done"),
                        _ -> {}))
                .build())
        .build()
        .start();
  }

  @Test
  void podIsDeletedGracefully() {
    var pods = client.pods().inNamespace("default");
    pods.resource(pod("short")).create();
    pods.withName("short").waitUntilReady(60, TimeUnit.SECONDS);
    pods.withName("short").delete();
    pods.withName("short").waitUntilCondition(gone -> gone == null, 60, TimeUnit.SECONDS);
  }

  private static KubernetesClient connect(TroupeProcess process) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(process.kubeconfig())))
        .build();
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> recording(
      BlockingQueue<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T map) {
        seen.add("added " + map.getMetadata().getName());
      }

      @Override
      public void onUpdate(T before, T after) {
        if (!before
            .getMetadata()
            .getResourceVersion()
            .equals(after.getMetadata().getResourceVersion())) {
          seen.add("updated " + after.getMetadata().getName());
        }
      }

      @Override
      public void onDelete(T map, boolean unknown) {
        seen.add("deleted " + map.getMetadata().getName());
      }
    };
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("suite", name)
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  private static Pod pod(String name) {
    return new io.fabric8.kubernetes.api.model.PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("main:1")
        .endContainer()
        .endSpec()
        .build();
  }
}
