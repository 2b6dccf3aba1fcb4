package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The Java client in common use, unmodified.
@Timeout(60)
class ClientTest {

  private static TestServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    var admin = server.adminIdentity;
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl(server.url("/"))
                    .withCaCertData(base64(server.certificates.authorityPem()))
                    .withClientCertData(base64(admin.certificatePem()))
                    .withClientKeyData(base64(admin.keyPem()))
                    .withClientKeyAlgo("EC")
                    .withNamespace("default")
                    .build())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void anObjectIsCreatedChangedAndDeleted() {
    var created = client.configMaps().resource(configMap("crud")).create();
    assertThat(created.getMetadata().getUid()).isNotEmpty();

    var edited =
        client
            .configMaps()
            .withName("crud")
            .edit(found -> new ConfigMapBuilder(found).addToData("k", "v").build());
    assertThat(edited.getData()).containsEntry("k", "v");
    assertThat(client.configMaps().withName("crud").get().getData()).containsEntry("k", "v");

    assertThat(client.configMaps().withName("crud").delete()).isNotEmpty();
    assertThat(client.configMaps().withName("crud").get()).isNull();
  }

  @Test
  void everyKindOfPatchIsApplied() {
    client.configMaps().resource(configMap("patched")).create();
    var resource = client.configMaps().withName("patched");

    patch("patched", PatchType.JSON_MERGE, "{\"data\":{\"merge\":\"1\"}}");
    patch("patched", PatchType.STRATEGIC_MERGE, "{\"data\":{\"strategic\":\"2\"}}");
    patch("patched", PatchType.JSON, "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"3\"}]");

    assertThat(resource.get().getData())
        .containsEntry("merge", "1")
        .containsEntry("strategic", "2")
        .containsEntry("json", "3");
  }

  @Test
  void selectorsAndListsAgree() {
    client.configMaps().resource(labelled("one", "red")).create();
    client.configMaps().resource(labelled("two", "blue")).create();

    assertThat(client.configMaps().withLabel("colour", "red").list().getItems())
        .extracting(found -> found.getMetadata().getName())
        .containsExactly("one");
    assertThat(client.configMaps().withField("metadata.name", "two").list().getItems()).hasSize(1);
    assertThat(client.configMaps().inAnyNamespace().list().getItems()).isNotEmpty();
  }

  @Test
  void aWatchDeliversEveryChange() throws Exception {
    var events = new LinkedBlockingQueue<String>();
    try (var _ =
        client
            .configMaps()
            .withLabel("watched", "yes")
            .watch(
                new Watcher<ConfigMap>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap resource) {
                    events.add(action + " " + resource.getMetadata().getName());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    events.add("closed " + cause);
                  }
                })) {
      var object =
          new ConfigMapBuilder(configMap("w"))
              .editMetadata()
              .addToLabels("watched", "yes")
              .endMetadata()
              .build();
      client.configMaps().resource(object).create();
      patch("w", PatchType.JSON_MERGE, "{\"data\":{\"x\":\"1\"}}");
      client.configMaps().withName("w").delete();

      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED w");
      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED w");
      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("DELETED w");
    }
  }

  @Test
  void anInformerFollowsTheCollection() throws Exception {
    var seen = new LinkedBlockingQueue<String>();
    client.configMaps().resource(configMap("informed")).create();
    try (var informer =
        client
            .configMaps()
            .withField("metadata.name", "informed")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap object) {
                    seen.add("add");
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap after) {
                    seen.add("update");
                  }

                  @Override
                  public void onDelete(ConfigMap object, boolean finalStateUnknown) {
                    seen.add("delete");
                  }
                })) {
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("add");
      patch("informed", PatchType.JSON_MERGE, "{\"data\":{\"x\":\"1\"}}");
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("update");
      client.configMaps().withName("informed").delete();
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("delete");
      assertThat(informer.getStore().list()).isEmpty();
    }
  }

  @Test
  void aServiceGetsAnAddressOfItsOwn() {
    var service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .withSelector(Map.of("app", "web"))
            .addNewPort()
            .withPort(80)
            .endPort()
            .endSpec()
            .build();
    var created = client.services().resource(service).create();
    String address = created.getSpec().getClusterIP();

    assertThat(address).startsWith("10.96.");
    var claim = client.genericKubernetesResources("networking.k8s.io/v1", "IPAddress");
    assertThat(claim.withName(address).get()).isNotNull();
  }

  private static void patch(String name, PatchType type, String patch) {
    client.configMaps().withName(name).patch(PatchContext.of(type), patch);
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("a", "b")
        .build();
  }

  private static ConfigMap labelled(String name, String colour) {
    return new ConfigMapBuilder(configMap(name))
        .editMetadata()
        .addToLabels("colour", colour)
        .endMetadata()
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
