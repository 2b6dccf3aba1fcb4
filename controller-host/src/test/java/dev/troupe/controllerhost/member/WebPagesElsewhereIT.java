package dev.troupe.controllerhost.member;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.samples.webpage.WebPage;
import dev.troupe.samples.webpage.WebPageController;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A controller that was written for members runs as a process of its own, by list and watch.
class WebPagesElsewhereIT {

  private static final String NAMESPACE = "default";
  private static final String CONTENT = "web.troupe.dev/content";

  @TempDir private static Path directory;

  private static OneApiServer server;
  private static RunningControllers controllers;

  @BeforeAll
  static void start() {
    server = OneApiServer.start(directory.resolve("server"), 0);
    controllers = started();
  }

  private static RunningControllers started() {
    return TroupeControllers.builder()
        .kubeconfig(server.kubeconfig())
        .data(directory.resolve("controllers"))
        .add(new WebPageController())
        .installKinds()
        .start();
  }

  @AfterAll
  static void stop() {
    controllers.close();
    server.close();
  }

  @Test
  void pageIsServedAndItsServersComeBack() {
    var page = page("served", "hello");
    client().resource(page).create();

    var deployment = await("served");
    assertThat(deployment.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getController()).isTrue());
    assertThat(client().services().inNamespace(NAMESPACE).withName("served").get()).isNotNull();

    client().resource(page("served", "hello again")).forceConflicts().serverSideApply();
    var rolled = awaitOther("served", content(deployment));
    assertThat(rolled.getMetadata().getUid()).isEqualTo(deployment.getMetadata().getUid());

    client().resource(rolled).delete();
    client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("served")
        .waitUntilCondition(
            other ->
                other != null
                    && !other.getMetadata().getUid().equals(rolled.getMetadata().getUid()),
            30,
            SECONDS);
    assertThat(isNoted("served")).isTrue();
  }

  @Test
  void whatHappenedWhileItWasAwayIsMadeUpFor() {
    client().resource(page("kept", "before")).create();
    var before = await("kept");
    client().resource(page("left", "before")).create();
    await("left");
    controllers.close();

    client().resource(page("kept", "after")).forceConflicts().serverSideApply();
    client().resource(page("left", "before")).delete();
    client().resource(page("fresh", "new")).create();
    controllers = started();

    awaitOther("kept", content(before));
    await("fresh");
    client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("left")
        .waitUntilCondition(Objects::isNull, 30, SECONDS);
  }

  @Test
  void pageThatIsDeletedTakesItsServersWithIt() {
    client().resource(page("withdrawn", "hello")).create();
    await("withdrawn");

    client().resource(page("withdrawn", "hello")).delete();

    client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("withdrawn")
        .waitUntilCondition(Objects::isNull, 30, SECONDS);
  }

  @Test
  void serverThatIsNotTrustedIsSaid() {
    var others =
        new CertificateDirectory(
                directory.resolve("others"), InstantSource.system(), new SecureRandom())
            .open();
    var kubeconfig = directory.resolve("others.kubeconfig");
    new Kubeconfig("https://127.0.0.1:" + server.port(), others).write(kubeconfig);
    var told =
        TroupeControllers.builder()
            .kubeconfig(kubeconfig)
            .data(directory.resolve("none"))
            .add(new WebPageController());

    assertThatThrownBy(told::start)
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("shows a certificate that is not trusted here")
        .hasMessageContaining("certificate-authority");
  }

  private static KubernetesClient client() {
    return server.client();
  }

  private static WebPage page(String name, String html) {
    var page = new WebPage();
    page.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
    page.setSpec(new WebPage.Spec(html, 2));
    return page;
  }

  private static Deployment await(String name) {
    return client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(name)
        .waitUntilCondition(Objects::nonNull, 30, SECONDS);
  }

  private static Deployment awaitOther(String name, String content) {
    return client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(name)
        .waitUntilCondition(
            deployment -> deployment != null && !content(deployment).equals(content), 30, SECONDS);
  }

  private static String content(Deployment deployment) {
    return Objects.requireNonNull(
        deployment.getSpec().getTemplate().getMetadata().getAnnotations().get(CONTENT));
  }

  private static boolean isNoted(String name) {
    return client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .map(Event::getInvolvedObject)
        .anyMatch(about -> about.getName().equals(name));
  }
}
