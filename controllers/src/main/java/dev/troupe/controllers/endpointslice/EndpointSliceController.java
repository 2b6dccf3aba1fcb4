package dev.troupe.controllers.endpointslice;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Observe;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;

/// Keeps the EndpointSlices of every Service that selects pods.
public final class EndpointSliceController implements Controller<Service> {

  @Override
  public Class<Service> resource() {
    return Service.class;
  }

  @Override
  public String name() {
    return "endpointslice";
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
  public void observe(Observe<Service> on) {
    on.owns(EndpointSlice.class).selects(Pod.class, EndpointSliceController::selector);
  }

  @Override
  public Plan reconcile(Service service, View view, Cause cause) {
    if (service.getMetadata().getDeletionTimestamp() != null) {
      return Plan.nothing();
    }
    var present = view.list(EndpointSlice.class).stream().filter(Slices::isManaged).toList();
    var wanted =
        selector(service).isEmpty() || isExternalName(service)
            ? List.<EndpointSlice>of()
            : new Slices(service, view.list(Pod.class)).wanted();
    return SliceChanges.plan(present, wanted);
  }

  private static Map<String, String> selector(Service service) {
    return Labels.orEmpty(service.getSpec() == null ? null : service.getSpec().getSelector());
  }

  private static boolean isExternalName(Service service) {
    return "ExternalName".equals(service.getSpec().getType());
  }
}
