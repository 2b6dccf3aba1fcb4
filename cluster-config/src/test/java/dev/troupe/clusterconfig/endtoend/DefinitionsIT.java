package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.process.TroupeProcess;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                    cronSpec: {type: string, description: When it runs.}
                    replicas: {type: integer}
                status:
                  type: object
                  properties:
                    replicas: {type: integer}
          additionalPrinterColumns:
          - {name: Cron, type: string, jsonPath: .spec.cronSpec}
          - {name: Replicas, type: integer, jsonPath: .spec.replicas}
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
      """;

  static final ResourceDefinitionContext CONTEXT =
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

  @Test
  void aDeletedDefinitionTakesNothingMoreAndGoesWithAllThatItHeld() throws Exception {
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0);
        var client = connect(troupe)) {
      define(client);
      var objects = client.genericKubernetesResources(CONTEXT).inNamespace("default");
      var held = cronTab("held");
      held.getMetadata().setFinalizers(List.of("example.com/hold"));
      objects.resource(held).create();
      objects.resource(cronTab("free")).create();
      // Garbage collection hears of a type a moment after the first object of it can be there.
      objects.resource(cronTab("early")).create();
      own(client, "of-early", objects.withName("early").get());
      objects.withName("early").delete();
      assertGone(client, "of-early");
      own(client, "owned", objects.withName("free").get());

      definitions(client).delete();
      objects.withName("free").waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
      assertThat(definitions(client).get().getStatus().getConditions())
          .anyMatch(each ->
              each.getType().equals("Terminating")
                  && each.getReason().equals("InstanceDeletionInProgress"));
      assertThatThrownBy(() -> objects.resource(cronTab("late")).create())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(405));
      objects
          .withName("held")
          .edit(seen -> {
            seen.getMetadata().setFinalizers(List.of());
            return seen;
          });
      definitions(client).waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
      assertGone(client, "owned");

      define(client);
      objects.resource(cronTab("held")).create();
      assertThat(objects.list().getItems()).hasSize(1);
    }
  }

  /// Creates a config map that goes with an owner.
  private static void own(KubernetesClient client, String name, HasMetadata owner) {
    client
        .configMaps()
        .inNamespace("default")
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addNewOwnerReference()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build())
        .create();
  }

  private static void assertGone(KubernetesClient client, String map) {
    client
        .configMaps()
        .inNamespace("default")
        .withName(map)
        .waitUntilCondition(Objects::isNull, 20, TimeUnit.SECONDS);
  }

  @Test
  void kubectlTreatsADefinedTypeAsAnyOther() throws Exception {
    assumeTrue(Kubectl.isThere(), "there is no kubectl");
    var definition = Files.writeString(directory.resolve("definition.yaml"), CRON_TABS);
    var object =
        Files.writeString(
            directory.resolve("object.yaml"),
            """
            apiVersion: stable.example.com/v1
            kind: CronTab
            metadata: {name: mine, namespace: default, labels: {team: a}}
            spec: {cronSpec: "* * * * *", replicas: 3}
            """);
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0)) {
      var kubectl = new Kubectl(troupe.kubeconfig(), directory.resolve("home"));
      kubectl.run("apply", "-f", definition.toString());
      kubectl.run(
          "wait",
          "--for=condition=Established",
          "crd/crontabs.stable.example.com",
          "--timeout=30s");
      assertThat(kubectl.run("apply", "-f", object.toString())).contains("mine created");
      assertThat(kubectl.run("apply", "-f", object.toString())).contains("mine unchanged");
      assertThat(kubectl.run("get", "ct", "-o", "name", "-l", "team=a"))
          .isEqualTo("crontab.stable.example.com/mine\n");
      assertThat(kubectl.run("get", "crontabs"))
          .containsPattern("NAME +CRON +REPLICAS\n")
          .containsPattern("mine +\\* \\* \\* \\* \\* +3\n");
      assertThat(kubectl.run("explain", "crontab.spec.cronSpec"))
          .contains("KIND:       CronTab")
          .contains("cronSpec <string>")
          .contains("When it runs.");
      kubectl.run("scale", "crontab/mine", "--replicas=5");
      assertThat(kubectl.run("get", "ct", "mine", "-o", "jsonpath={.spec.replicas}"))
          .isEqualTo("5");
      kubectl.run("patch", "ct", "mine", "--type=merge", "-p", "{\"spec\":{\"replicas\":null}}");
      kubectl.run("delete", "-f", definition.toString());
      assertThat(kubectl.execute(Map.of(), "", "get", "ct").err()).contains("(NotFound)");
    }
  }

  private static Resource<CustomResourceDefinition> definitions(KubernetesClient client) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("crontabs.stable.example.com");
  }

  static void define(KubernetesClient client) {
    var definition = Serialization.unmarshal(CRON_TABS, CustomResourceDefinition.class);
    client.apiextensions().v1().customResourceDefinitions().resource(definition).create();
    definitions(client)
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
