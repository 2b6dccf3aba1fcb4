package dev.troupe.resources.kind;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.event.EventTable;
import dev.troupe.resources.kind.network.EndpointSliceTable;
import dev.troupe.resources.kind.network.ServiceTable;
import dev.troupe.resources.kind.node.NodeTable;
import dev.troupe.resources.kind.pod.PodTable;
import dev.troupe.resources.kind.workload.DeploymentTable;
import dev.troupe.resources.kind.workload.ReplicaSetTable;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;

/// The table of every type.
public final class StandardTables {

  private StandardTables() {}

  /// The table of a type; name and age for one that has none of its own.
  public static TableBuilder of(TypeRef type) {
    return switch (type.toString()) {
      case "pods" -> new PodTable();
      case "deployments.apps" -> new DeploymentTable();
      case "replicasets.apps" -> new ReplicaSetTable();
      case "services" -> new ServiceTable();
      case "nodes" -> new NodeTable();
      case "events" -> new EventTable();
      case "endpointslices.discovery.k8s.io" -> new EndpointSliceTable();
      case "namespaces" -> ShortTable.namespaces();
      case "configmaps" -> ShortTable.configMaps();
      case "secrets" -> ShortTable.secrets();
      case "serviceaccounts" -> ShortTable.serviceAccounts();
      case "leases.coordination.k8s.io" -> ShortTable.leases();
      case "ipaddresses.networking.k8s.io" -> ShortTable.ipAddresses();
      default -> ShortTable.nameAndAge();
    };
  }
}
