package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.TroupeProcess;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types that are defined while a member runs, through clients that know nothing of Troupe.
class DefinitionsIT {

  private static final Duration SOON = Duration.ofSeconds(10);

  static final String CRON_TABS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: crontabs.stable.example.com
      spec:
        group: stable.example.com
        scope: Namespaced
        names: {plural: crontabs, singular: crontab, kind: CronTab, listKind: CronTabList, shortNames: [ct]}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    cronSpec: {type: string}
                    replicas: {type: integer}
                status:
                  type: object
                  properties:
                    replicas: {type: integer}
          subresources:
            status: {}
      """;

  private static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("stable.example.com")
          .withVersion("v1")
          .withKind("CronTab")
          .withPlural("crontabs")
          .withNamespaced(true)
          .build();

  @TempDir private Path directory;

  @Test
  void aDefinedTypeIsServedAndSurvivesARestart() throws Exception {
    var data = directory.resolve("data");
    try (var troupe = TroupeProcess.up(data, 0);
        var client = connect(troupe)) {
      define(client);
      var objects = client.genericKubernetesResources(CONTEXT).inNamespace("default");
      objects.resource(cronTab("first")).create();
      assertThat(objects.withName("first").get().get("spec", "cronSpec").toString())
          .isEqualTo("* * * * *");
      assertThat(objects.list().getItems()).hasSize(1);
    }
    try (var troupe = TroupeProcess.up(data, 0);
        var client = connect(troupe)) {
      var objects = client.genericKubernetesResources(CONTEXT).inNamespace("default");
      assertThat(objects.list().getItems()).hasSize(1);
      objects.resource(cronTab("second")).create();
      assertThat(objects.withName("second").get()).isNotNull();
      objects.withName("first").delete();
      assertThat(objects.withName("first").get()).isNull();
    }
  }

  private static void define(KubernetesClient client) {
    var definition = Serialization.unmarshal(CRON_TABS, CustomResourceDefinition.class);
    client.apiextensions().v1().customResourceDefinitions().resource(definition).create();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("crontabs.stable.example.com")
        .waitUntilCondition(
            seen ->
                seen != null
                    && seen.getStatus() != null
                    && seen.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                            condition.getType().equals("Established")
                                && condition.getStatus().equals("True")),
            SOON.toSeconds(),
            TimeUnit.SECONDS);
  }

  static GenericKubernetesResource cronTab(String name) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("stable.example.com/v1")
        .withKind("CronTab")
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToAdditionalProperties("spec", Map.of("cronSpec", "* * * * *", "replicas", 1))
        .build();
  }

  private static KubernetesClient connect(TroupeProcess troupe) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(troupe.kubeconfig())))
        .build();
  }
}
