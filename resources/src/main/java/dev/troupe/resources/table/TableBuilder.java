package dev.troupe.resources.table;

import dev.troupe.resources.registry.ResourceType;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Makes table rows of the objects of one type.
public interface TableBuilder {

  List<Column> columns();

  /// One cell per column: strings, and numbers where the column says `integer`.
  ///
  /// @param object in the stored version
  List<Object> cells(ObjectNode object, Instant now);

  /// The table of a type; name and age for one that has none of its own.
  static TableBuilder of(ResourceType type) {
    return switch (type.ref().toString()) {
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
