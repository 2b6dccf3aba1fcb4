package dev.troupe.controllers;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.controllers.clusterip.ClusterIpController;
import dev.troupe.controllers.definition.DefinitionController;
import dev.troupe.controllers.definition.TakenNames;
import dev.troupe.controllers.deployment.DeploymentController;
import dev.troupe.controllers.endpointslice.EndpointSliceController;
import dev.troupe.controllers.events.EventExpiryController;
import dev.troupe.controllers.eviction.PodEvictionController;
import dev.troupe.controllers.garbagecollection.GarbageCollectionController;
import dev.troupe.controllers.garbagecollection.OwnerTypes;
import dev.troupe.controllers.namespace.NamespaceController;
import dev.troupe.controllers.nodelifecycle.NodeLifecycleController;
import dev.troupe.controllers.nodeport.NodePortController;
import dev.troupe.controllers.replicaset.ReplicaSetController;
import dev.troupe.controllers.scheduling.SchedulingController;
import dev.troupe.controllers.simulation.KubeletController;
import dev.troupe.controllers.simulation.NodeHeartbeatController;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The controllers that every Troupe runs.
public record BuiltInControllers(
    List<Controller<?>> ofObjects, List<CollectionController<?>> ofCollections) {

  /// @param rootCertificate the PEM text of the authority that signed the API server's certificate
  /// @param ownerTypes finds the collections that owner references mean
  /// @param taken the names that no definition of a type can have
  public record Settings(
      String rootCertificate, OwnerTypes ownerTypes, TakenNames.OfBuiltIn taken) {}

  public BuiltInControllers {
    ofObjects = List.copyOf(ofObjects);
    ofCollections = List.copyOf(ofCollections);
  }

  /// How they are called.
  public static Set<String> names() {
    var all = all(new Settings("", (_, _) -> Optional.empty(), _ -> TakenNames.NONE));
    return Stream.concat(
            all.ofObjects.stream().map(Controller::name),
            all.ofCollections.stream().map(CollectionController::name))
        .collect(Collectors.toUnmodifiableSet());
  }

  public static BuiltInControllers all(Settings settings) {
    return new BuiltInControllers(
        List.of(
            new NamespaceController(settings.rootCertificate()),
            new DeploymentController(),
            new ReplicaSetController(),
            new EndpointSliceController(),
            new ClusterIpController(),
            new NodePortController(),
            new NodeHeartbeatController()),
        List.of(
            new SchedulingController(),
            new NodeLifecycleController(),
            new PodEvictionController(),
            new KubeletController(),
            new EventExpiryController(),
            new DefinitionController(settings.taken()),
            new GarbageCollectionController(settings.ownerTypes())));
  }
}
