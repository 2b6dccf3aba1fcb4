package dev.troupe.controllers.clusterip;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Observe.Ref;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Propagation;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Deletes the IPAddress of a service that has not used it for a minute.
///
/// An address is claimed by creating its IPAddress before the service is stored; the pause lets a
/// service arrive that is on its way.
public final class ClusterIpController implements Controller<IPAddress> {

  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String TIMER = "unused";
  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String MANAGER = "ipallocator.k8s.io";

  @Override
  public Class<IPAddress> resource() {
    return IPAddress.class;
  }

  @Override
  public String name() {
    return "cluster-ip";
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
  public void observe(Observe<IPAddress> on) {
    on.where(address -> MANAGER.equals(Labels.of(address).get(MANAGED_BY)))
        .refers(Service.class, ClusterIpController::service);
  }

  @Override
  public Plan reconcile(IPAddress address, View view, Cause cause) {
    boolean used =
        view.list(Service.class).stream()
            .anyMatch(service -> uses(service, address.getMetadata().getName()));
    if (used || address.getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing();
    }
    if (cause instanceof Cause.TimerFired(var timer) && timer.equals(TIMER)) {
      var metadata = address.getMetadata();
      return Plan.nothing()
          .write(
              new Write.Delete(
                  Keys.of(address),
                  metadata.getUid(),
                  metadata.getResourceVersion(),
                  null,
                  Propagation.BACKGROUND));
    }
    return Plan.nothing().timer(TIMER, PATIENCE).waitFor("service", "no service uses the address");
  }

  private static List<Ref> service(IPAddress address) {
    var parent = address.getSpec() == null ? null : address.getSpec().getParentRef();
    return parent == null || !"services".equals(parent.getResource())
        ? List.of()
        : List.of(new Ref(parent.getNamespace(), parent.getName()));
  }

  private static boolean uses(Service service, String address) {
    var spec = service.getSpec();
    return Objects.equals(spec.getClusterIP(), address)
        || (spec.getClusterIPs() != null && spec.getClusterIPs().contains(address));
  }
}
