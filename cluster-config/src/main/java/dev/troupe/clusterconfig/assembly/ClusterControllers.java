package dev.troupe.clusterconfig.assembly;

import dev.troupe.controllers.BuiltInControllers;
import dev.troupe.controllers.garbagecollection.OwnerTypes;
import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.controller.HostSettings;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.member.Member;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/// The controllers of a Kubernetes control plane, given to a member to run. They stop with it.
final class ClusterControllers {

  private ClusterControllers() {}

  /// @param rootCertificate the PEM text of the cluster's authority
  /// @param extension what is run beside them
  static Controllers start(
      Member member,
      ResourceRegistry registry,
      String rootCertificate,
      Extension extension,
      Executor workers) {
    var builtIn =
        BuiltInControllers.all(
            new BuiltInControllers.Settings(rootCertificate, ownerTypes(registry)));
    var platform = new PlatformActivities(member.resources(), registry, member.time());
    return Controllers.start(
        member.system(),
        new ControllerRegistration(
            extension.behind(builtIn.ofObjects()),
            extension.behindThoseOfCollections(builtIn.ofCollections()),
            extension.completing(new Activities(platform))),
        member.resources(),
        registry,
        workers,
        member.time(),
        () -> ThreadLocalRandom.current().nextLong(),
        HostSettings.DEFAULT);
  }

  /// A version that is not served counts as a kind that is not.
  private static OwnerTypes ownerTypes(ResourceRegistry registry) {
    return (apiVersion, kind) ->
        registry
            .kind(apiVersion, kind)
            .filter(ResourceType::published)
            .map(type -> new OwnerType(type.ref(), type.namespaced()));
  }
}
