package dev.troupe.controllers.namespace;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Set;

/// Gives every namespace its default service account and the root certificate, and takes a deleted
/// one through its end: closed to new objects, swept until it is empty, finalized.
public final class NamespaceController implements Controller<Namespace> {

  private final Furnishing furnishing;

  /// @param rootCertificate the PEM text of the certificate that the API server's one is signed
  ///   with
  public NamespaceController(String rootCertificate) {
    this.furnishing = new Furnishing(rootCertificate);
  }

  @Override
  public Class<Namespace> resource() {
    return Namespace.class;
  }

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public Manner manner() {
    return Manner.MERGED;
  }

  @Override
  public void observe(Observe<Namespace> on) {
    on.watches(ServiceAccount.class, Set.of(Furnishing.ACCOUNT), NamespaceController::concerned)
        .watches(ConfigMap.class, Set.of(Furnishing.CERTIFICATE), NamespaceController::concerned);
  }

  @Override
  public Plan reconcile(Namespace namespace, View view, Cause cause) {
    return namespace.getMetadata().getDeletionTimestamp() == null
        ? furnishing.plan(namespace, view)
        : new NamespaceEnd(namespace, view, cause).plan();
  }

  private static List<Ref> concerned(HasMetadata object) {
    return List.of(new Ref("", object.getMetadata().getNamespace()));
  }
}
