package dev.troupe.controllers.stage;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The objects that tests begin with.
public final class Fixtures {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Fixtures() {}

  public static Deployment deployment(String name, int replicas, String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withProgressDeadlineSeconds(600)
        .withRevisionHistoryLimit(10)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  public static ReplicaSet replicaSet(String name, int replicas) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("nginx:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  public static Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("nginx:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /// @param app the value of its label `app`
  /// @param spec fields of its spec, as JSON with single quotes
  public static Pod pod(String name, String app, String spec) {
    var plain = pod(name);
    var pod = MAPPER.readValue("{'spec':{%s}}".formatted(spec).replace('\'', '"'), Pod.class);
    pod.setMetadata(plain.getMetadata());
    pod.getMetadata().setLabels(new TreeMap<>(Map.of("app", app)));
    if (pod.getSpec().getContainers().isEmpty()) {
      pod.getSpec().setContainers(plain.getSpec().getContainers());
    }
    return pod;
  }

  public static Node node(String name, int cpus, int pods) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addToAllocatable("cpu", new Quantity(Integer.toString(cpus)))
        .addToAllocatable("memory", new Quantity("256Gi"))
        .addToAllocatable("pods", new Quantity(Integer.toString(pods)))
        .endStatus()
        .build();
  }

  /// The pod on a node, running and ready since `since`.
  public static Pod running(Pod pod, String node, Instant since) {
    return new PodBuilder(pod)
        .editSpec()
        .withNodeName(node)
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .withConditions(ready(since))
        .endStatus()
        .build();
  }

  private static PodCondition ready(Instant since) {
    return new PodConditionBuilder()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime(since.toString())
        .build();
  }
}
