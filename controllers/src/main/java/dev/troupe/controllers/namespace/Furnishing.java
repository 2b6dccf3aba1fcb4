package dev.troupe.controllers.namespace;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What every living namespace holds: the service account `default` and the config map
/// `kube-root-ca.crt`.
final class Furnishing {

  static final String ACCOUNT = "default";
  static final String CERTIFICATE = "kube-root-ca.crt";

  private static final String CERTIFICATE_FIELD = "ca.crt";
  private static final String DESCRIPTION = "kubernetes.io/description";
  private static final String CERTIFICATE_DESCRIPTION =
      "Holds the CA bundle by which clients inside the cluster verify the API server.";

  private final String rootCertificate;

  Furnishing(String rootCertificate) {
    this.rootCertificate = rootCertificate;
  }

  Plan plan(Namespace namespace, View view) {
    var name = namespace.getMetadata().getName();
    var plan = Plan.nothing();
    if (view.list(ServiceAccount.class).isEmpty()) {
      plan = plan.apply(account(name));
    }
    var certificates = view.list(ConfigMap.class);
    if (certificates.isEmpty()) {
      return plan.apply(certificate(name));
    }
    var present = certificates.getFirst();
    return isRight(present) ? plan : plan.write(restore(present));
  }

  private static ServiceAccount account(String namespace) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName(ACCOUNT)
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  private ConfigMap certificate(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(CERTIFICATE)
        .withNamespace(namespace)
        .addToAnnotations(DESCRIPTION, CERTIFICATE_DESCRIPTION)
        .endMetadata()
        .addToData(CERTIFICATE_FIELD, rootCertificate)
        .build();
  }

  private boolean isRight(ConfigMap present) {
    return Map.of(CERTIFICATE_FIELD, rootCertificate).equals(present.getData())
        && Labels.annotationsOf(present).containsKey(DESCRIPTION);
  }

  private Write restore(ConfigMap present) {
    Map<String, @Nullable Object> data = new TreeMap<>();
    Labels.orEmpty(present.getData()).keySet().forEach(key -> data.put(key, null));
    data.put(CERTIFICATE_FIELD, rootCertificate);
    return new Write.Patch(
        Keys.of(present),
        "",
        Map.of(
            "metadata",
            Map.of("annotations", Map.of(DESCRIPTION, CERTIFICATE_DESCRIPTION)),
            "data",
            data),
        present.getMetadata().getUid(),
        present.getMetadata().getResourceVersion());
  }
}
