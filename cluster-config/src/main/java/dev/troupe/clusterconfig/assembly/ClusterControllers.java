package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.controller.HostSettings;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.member.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The controllers of a Kubernetes control plane, given to a member to run. They stop with it.
final class ClusterControllers {

  private ClusterControllers() {}

  /// What all of them are told.
  ///
  /// @param rootCertificate the PEM text of the cluster's authority
  /// @param tuning what is configured about each
  record Told(String rootCertificate, ControllerTuning tuning) {}

  /// @param extension what is run beside them
  /// @param gate what they wait for
  static Controllers start(
      Member member,
      ResourceRegistry registry,
      Told told,
      Extension extension,
      ControllerRegistration.RunGate gate,
      Executor workers) {
    var builtIn = KubernetesControllers.of(registry, told.rootCertificate);
    var ofObjects = both(builtIn.ofObjects(), extension.controllers());
    var ofCollections = both(builtIn.ofCollections(), extension.collectionControllers());
    told.tuning.require(names(ofObjects, ofCollections));
    var activities =
        new Activities(
            new PlatformActivities(
                member.resources(), registry, member.lateTypes(), member.time()));
    extension.tell(activities::with);
    return Controllers.start(
        member.hosts(),
        new ControllerRegistration(
            ofObjects,
            ofCollections,
            activities,
            revision(ofObjects, ofCollections, told.rootCertificate),
            told.tuning::of,
            gate),
        member.resources(),
        registry,
        workers,
        member.time(),
        () -> ThreadLocalRandom.current().nextLong(),
        HostSettings.DEFAULT);
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static Set<String> names(
      List<Controller<?>> ofObjects, List<CollectionController<?>> ofCollections) {
    return Stream.concat(
            ofObjects.stream().map(Controller::name),
            ofCollections.stream().map(CollectionController::name))
        .collect(Collectors.toSet());
  }

  /// Which code and which settings the controllers decide by. A record's settings are what it
  /// shows.
  private static String revision(
      List<Controller<?>> ofObjects,
      List<CollectionController<?>> ofCollections,
      String rootCertificate) {
    var code =
        new ArrayList<Class<?>>(List.of(Plan.class, ResourceRegistry.class, Controllers.class));
    var settings = new ArrayList<>(List.of(rootCertificate));
    Stream.concat(ofObjects.stream(), ofCollections.stream())
        .forEach(controller -> {
          code.add(controller.getClass());
          settings.add(controller instanceof Record shown ? shown.toString() : "");
        });
    return ControllerRevision.of(code, settings);
  }
}
