package dev.troupe.samples.webpage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// What a page is made of.
record PageObjects(WebPage page) {

  static final String CONTENT = "web.troupe.dev/content";

  private static final String PAGE = "web.troupe.dev/page";
  private static final String IMAGE = "nginx:1.29-alpine";
  private static final int PORT = 80;

  String name() {
    return page.getMetadata().getName();
  }

  /// Tells contents apart in a few characters.
  String digest() {
    return digest(page.getSpec().html());
  }

  static String digest(String html) {
    return UUID.nameUUIDFromBytes(html.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withNamespace(page.getMetadata().getNamespace())
        .withName(name())
        .build();
  }

  WebPage.Status status(Instant since, boolean fresh, int ready) {
    return new WebPage.Status(digest(), since.toString(), fresh, ready);
  }

  ConfigMap content() {
    return new ConfigMapBuilder()
        .withMetadata(metadata())
        .addToData("index.html", page.getSpec().html())
        .build();
  }

  /// They mount the content. Its digest is part of their template, so that new content rolls them.
  Deployment servers() {
    return new DeploymentBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withReplicas(page.getSpec().servers())
        .withNewSelector()
        .addToMatchLabels(PAGE, name())
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(PAGE, name())
        .addToAnnotations(CONTENT, digest())
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("server")
        .withImage(IMAGE)
        .addNewPort()
        .withContainerPort(PORT)
        .endPort()
        .addNewVolumeMount()
        .withName("content")
        .withMountPath("/usr/share/nginx/html")
        .withReadOnly(true)
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("content")
        .withNewConfigMap()
        .withName(name())
        .endConfigMap()
        .endVolume()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /// The names of its servers.
  Service door() {
    return new ServiceBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(Map.of(PAGE, name()))
        .addNewPort()
        .withPort(PORT)
        .endPort()
        .endSpec()
        .build();
  }

  /// How many servers have this content and are up.
  int ready(Deployment servers) {
    var template = servers.getSpec().getTemplate().getMetadata().getAnnotations();
    var status = servers.getStatus();
    boolean current =
        status != null
            && Objects.equals(template.get(CONTENT), digest())
            && Objects.equals(status.getObservedGeneration(), servers.getMetadata().getGeneration())
            && Objects.equals(status.getUpdatedReplicas(), status.getReplicas());
    return current && status.getAvailableReplicas() != null ? status.getAvailableReplicas() : 0;
  }
}
