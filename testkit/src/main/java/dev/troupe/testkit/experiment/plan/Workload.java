package dev.troupe.testkit.experiment.plan;

import java.time.Duration;

/// What clients ask of members, each request when it is due, whatever became of the one before.
public sealed interface Workload {

  /// Its name.
  default WorkloadKind kind() {
    return WorkloadKind.of(getClass());
  }

  /// @param perSecond writes of all writers together; as many reads come on top
  record Steady(int perSecond) implements Workload {}

  /// @param perSecond requests of all clients together
  record Crud(int perSecond, int clients, int namespaces, int objects) implements Workload {}

  record HotObject(int perSecond, int clients) implements Workload {}

  record ManyNamespaces(int perSecond, int clients, int namespaces) implements Workload {}

  /// @param every between two times that one is disconnected
  record Informers(int clients, Duration every) implements Workload {}

  /// @param every between two lists of one client
  record ListWatch(int clients, Duration every) implements Workload {}

  /// @param objects how many deployments
  /// @param every between two changes
  record Deployments(int objects, Duration every) implements Workload {}

  /// @param every between two renewals of one lease
  record Leases(int clients, Duration every) implements Workload {}
}
