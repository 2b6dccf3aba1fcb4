package dev.troupe.testkit.experiment.witness;

import java.util.Map;

/// A collection that an informer follows.
///
/// @param name how reports call it
/// @param path where it is, with a selector if not all of it is followed
/// @param facts where in an object what is to be known of it is, by name
record WatchedCollection(String name, String path, Map<String, String> facts) {

  static final WatchedCollection CONFIG_MAPS =
      new WatchedCollection("configmaps", "/api/v1/configmaps", Map.of());

  static final WatchedCollection FAMILIES =
      new WatchedCollection(
          "families",
          "/api/v1/configmaps?labelSelector=" + FamilyMaker.LABEL + "%3Dtrue",
          Map.of());

  static final WatchedCollection DEPLOYMENTS =
      new WatchedCollection(
          "deployments",
          "/apis/apps/v1/deployments",
          Map.of(
              "generation", "/metadata/generation",
              "observed", "/status/observedGeneration",
              "wanted", "/spec/replicas",
              "replicas", "/status/replicas",
              "updated", "/status/updatedReplicas",
              "available", "/status/availableReplicas"));

  static final WatchedCollection REPLICA_SETS =
      new WatchedCollection(
          "replicasets",
          "/apis/apps/v1/replicasets",
          Map.of("wanted", "/spec/replicas", "template", "/metadata/labels/pod-template-hash"));

  static final WatchedCollection PODS =
      new WatchedCollection("pods", "/api/v1/pods", Map.of("phase", "/status/phase"));

  WatchedCollection {
    facts = Map.copyOf(facts);
  }

  /// With parameters behind it.
  String with(String parameters) {
    return path + (path.contains("?") ? "&" : "?") + parameters;
  }
}
