package dev.troupe.samples.webpage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A config map, read as a web page: one file for each of its keys.
record WebPage(ConfigMap map) {

  static final String SERVE = "webpage.troupe.dev/serve";
  static final String CONTENT = "webpage.troupe.dev/content";
  static final String SINCE = "webpage.troupe.dev/since";
  static final String FRESH = "webpage.troupe.dev/fresh";

  private static final String PAGE = "webpage.troupe.dev/page";
  private static final String IMAGE = "nginx:1.29-alpine";
  private static final int SERVERS = 2;
  private static final int PORT = 80;

  /// What annotations tell about the content.
  ///
  /// @param content its digest
  /// @param since when it was first seen
  /// @param isNew whether the annotations tell of other content yet
  /// @param wasFresh whether they do not call it stale yet
  record Mark(String content, Instant since, boolean fresh, boolean isNew, boolean wasFresh) {}

  String name() {
    return map.getMetadata().getName();
  }

  boolean isServed() {
    return "true".equals(orEmpty(map.getMetadata().getLabels()).get(SERVE));
  }

  /// The mark that the content deserves now.
  Mark mark(Instant now, Duration freshFor) {
    var content = ContentDigest.of(map);
    var since =
        annotation(CONTENT)
            .filter(content::equals)
            .flatMap(_ -> annotation(SINCE))
            .flatMap(WebPage::instant);
    boolean fresh = since.isEmpty() || now.isBefore(since.get().plus(freshFor));
    boolean wasFresh = since.isEmpty() || annotation(FRESH).filter("false"::equals).isEmpty();
    return new Mark(content, since.orElse(now), fresh, since.isEmpty(), wasFresh);
  }

  /// The config map as far as it carries the mark.
  ConfigMap marked(Mark mark) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(map.getMetadata().getNamespace())
        .withName(name())
        .addToAnnotations(CONTENT, mark.content())
        .addToAnnotations(SINCE, mark.since().toString())
        .addToAnnotations(FRESH, Boolean.toString(mark.fresh()))
        .endMetadata()
        .build();
  }

  /// Servers that mount the content. Its digest is part of their template, so that new content
  /// rolls them.
  Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(map.getMetadata().getNamespace())
        .withName(name())
        .endMetadata()
        .withNewSpec()
        .withReplicas(SERVERS)
        .withNewSelector()
        .addToMatchLabels(PAGE, name())
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels(PAGE, name())
        .addToAnnotations(CONTENT, ContentDigest.of(map))
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

  /// The names of its servers. It is headless: addresses are given by the API server, and so only
  /// to services that come from there.
  Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(map.getMetadata().getNamespace())
        .withName(name())
        .endMetadata()
        .withNewSpec()
        .withClusterIP("None")
        .addToSelector(PAGE, name())
        .addNewPort()
        .withPort(PORT)
        .endPort()
        .endSpec()
        .build();
  }

  /// Whether all servers of the deployment are up and serve this content.
  boolean isServedBy(Deployment deployment) {
    var template = deployment.getSpec().getTemplate().getMetadata();
    var status = deployment.getStatus();
    return ContentDigest.of(map).equals(orEmpty(template.getAnnotations()).get(CONTENT))
        && status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.equals(status.getUpdatedReplicas(), SERVERS)
        && Objects.equals(status.getAvailableReplicas(), SERVERS)
        && Objects.equals(status.getReplicas(), SERVERS);
  }

  private Optional<String> annotation(String key) {
    return Optional.ofNullable(orEmpty(map.getMetadata().getAnnotations()).get(key));
  }

  /// Empty if somebody has written something else there.
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }
}
