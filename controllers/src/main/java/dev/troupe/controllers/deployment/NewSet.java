package dev.troupe.controllers.deployment;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The replica set of a template that has none yet.
///
/// @param hash of the template
record NewSet(Deployment deployment, String hash) {

  static NewSet of(Deployment deployment, @Nullable Integer collisionCount) {
    var content = TemplateHash.content(deployment.getSpec().getTemplate());
    return new NewSet(deployment, TemplateHash.of(content, collisionCount));
  }

  String name() {
    return deployment.getMetadata().getName() + "-" + hash;
  }

  ReplicaSet sized(int replicas, Map<String, String> annotations) {
    var spec = deployment.getSpec();
    var template = TemplateHash.withHash(spec.getTemplate(), hash);
    var selector = new LabelSelectorBuilder(spec.getSelector());
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName(name())
        .withNamespace(deployment.getMetadata().getNamespace())
        .withLabels(template.getMetadata().getLabels())
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withMinReadySeconds(spec.getMinReadySeconds())
        .withSelector(selector.addToMatchLabels(TemplateHash.LABEL, hash).build())
        .withTemplate(template)
        .endSpec()
        .build();
  }
}
