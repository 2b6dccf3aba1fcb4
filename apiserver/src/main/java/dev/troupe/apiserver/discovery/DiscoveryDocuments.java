package dev.troupe.apiserver.discovery;

import dev.troupe.resources.registry.KnownTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All documents of discovery of the types that there are at one moment.
public final class DiscoveryDocuments {

  /// The versions of aggregated discovery, best first.
  public static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

  private final Map<String, HashedDocument> aggregatedCore = new HashMap<>();
  private final Map<String, HashedDocument> aggregatedGroups = new HashMap<>();
  private final Map<String, HashedDocument> groups = new HashMap<>();
  private final Map<String, HashedDocument> resources = new HashMap<>();
  private final HashedDocument coreVersions;
  private final HashedDocument groupList;

  /// @param serverAddress host and port under which clients reach the server
  public DiscoveryDocuments(KnownTypes all, String serverAddress) {
    var served = new ServedGroups(all);
    for (var version : AGGREGATED_VERSIONS) {
      aggregatedCore.put(
          version, HashedDocument.of(AggregatedDiscovery.list(served, version, String::isEmpty)));
      aggregatedGroups.put(
          version,
          HashedDocument.of(AggregatedDiscovery.list(served, version, group -> !group.isEmpty())));
    }
    served
        .groups()
        .forEach((group, versions) -> {
          if (!group.isEmpty()) {
            groups.put(group, HashedDocument.of(LegacyDiscovery.group(group, versions.keySet())));
          }
          versions.forEach((version, types) -> {
            var apiVersion = ServedGroups.apiVersion(group, version);
            resources.put(
                apiVersion, HashedDocument.of(LegacyDiscovery.resourceList(apiVersion, types)));
          });
        });
    var core = served.groups().getOrDefault("", Map.of()).keySet();
    coreVersions = HashedDocument.of(LegacyDiscovery.coreVersions(core, serverAddress));
    groupList = HashedDocument.of(LegacyDiscovery.groupList(served));
  }

  /// The media type of an aggregated document, with the parameters by which clients know it.
  public static String aggregatedMediaType(String version) {
    return "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
  }

  /// `/api` in one of the [#AGGREGATED_VERSIONS].
  public Optional<HashedDocument> aggregatedCore(String version) {
    return Optional.ofNullable(aggregatedCore.get(version));
  }

  /// `/apis` in one of the [#AGGREGATED_VERSIONS].
  public Optional<HashedDocument> aggregatedGroups(String version) {
    return Optional.ofNullable(aggregatedGroups.get(version));
  }

  /// `/api`: an `APIVersions`.
  public HashedDocument coreVersions() {
    return coreVersions;
  }

  /// `/apis`: an `APIGroupList`.
  public HashedDocument groupList() {
    return groupList;
  }

  /// `/apis/<group>`: an `APIGroup`.
  public Optional<HashedDocument> group(String group) {
    return Optional.ofNullable(groups.get(group));
  }

  /// `/api/v1` and `/apis/<group>/<version>`: an `APIResourceList`.
  ///
  /// @param apiVersion such as `v1` or `apps/v1`
  public Optional<HashedDocument> resources(String apiVersion) {
    return Optional.ofNullable(resources.get(apiVersion));
  }
}
