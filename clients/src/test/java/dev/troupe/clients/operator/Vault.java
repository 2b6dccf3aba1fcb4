package dev.troupe.clients.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// A vault that must be emptied before it goes.
@Group("java.example.com")
@Version("v1")
@SuppressWarnings("serial")
public final class Vault extends CustomResource<Vault.Spec, Void> implements Namespaced {

  private static final long serialVersionUID = 1;

  /// What is wanted.
  public static final class Spec {
    public String content = "";
  }
}
