package dev.troupe.controllers.ownership;

/// Under which names the parts of Kubernetes own what they have written.
public final class WriterNames {

  public static final String CONTROLLERS = "kube-controller-manager";
  public static final String SCHEDULER = "kube-scheduler";
  public static final String KUBELET = "kubelet";

  private WriterNames() {}
}
