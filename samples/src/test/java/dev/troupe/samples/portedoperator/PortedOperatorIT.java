package dev.troupe.samples.portedoperator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.RunningMember;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The ported reconciler in a member, by its client.
@Timeout(120)
class PortedOperatorIT {

  @TempDir private static Path data;
  private static RunningMember member;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws Exception {
    var certificates =
        new CertificateDirectory(data.resolve("pki"), InstantSource.system(), new SecureRandom())
            .open();
    var made = new CompletableFuture<KubernetesClient>();
    member =
        SingleMember.start(
            new MemberSettings(data, 0, 0, certificates.ofMember(), Engines.STANDARD.belowData()),
            PortedOperator.with(made::join));
    var kubeconfig = data.resolve("kubeconfig");
    new Kubeconfig("https://127.0.0.1:" + member.port(), certificates).write(kubeconfig);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
    made.complete(client);
  }

  @AfterAll
  static void stop() {
    client.close();
    member.stop();
  }

  private static HtmlPage page(String name, String html) {
    var page = new HtmlPage();
    page.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName(name).build());
    page.setSpec(new HtmlPage.Spec(html));
    return page;
  }

  private static ConfigMap awaitText(String name, String html) {
    return client
        .configMaps()
        .inNamespace("default")
        .withName(name)
        .waitUntilCondition(
            map -> map != null && html.equals(map.getData().get("index.html")),
            60,
            TimeUnit.SECONDS);
  }

  @Test
  void pageIsWrittenAgainWhenItOrItsConfigMapChanges() {
    client.resource(page("home", "hello")).create();
    awaitText("home", "hello");
    var shown =
        client
            .resource(page("home", "hello"))
            .waitUntilCondition(
                page -> page != null && page.getStatus() != null, 60, TimeUnit.SECONDS);
    assertThat(shown.getStatus()).isEqualTo(new HtmlPage.Status("home", true));

    client.resource(page("home", "hello again")).forceConflicts().serverSideApply();
    var map = awaitText("home", "hello again");

    client.resource(map).delete();
    client
        .configMaps()
        .inNamespace("default")
        .withName("home")
        .waitUntilCondition(
            other ->
                other != null
                    && !Objects.equals(other.getMetadata().getUid(), map.getMetadata().getUid()),
            60,
            TimeUnit.SECONDS);
  }
}
