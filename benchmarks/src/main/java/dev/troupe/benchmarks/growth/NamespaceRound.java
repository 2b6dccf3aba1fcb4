package dev.troupe.benchmarks.growth;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the life of one namespace has cost.
///
/// @param createMicros of the server's processors, for each object
/// @param watchMillis until a watch that begins with all its objects has sent them
/// @param watchCpuMillis of the server's processors, for each watch
/// @param deleteSeconds from the request until it is gone
/// @param deleteCpuMillis of the server's processors, for the whole deletion
record NamespaceRound(
    double createsPerSecond,
    double createMicros,
    double watchMillis,
    double watchCpuMillis,
    double deleteSeconds,
    double deleteCpuMillis) {

  /// A column for each figure.
  static void columns(Report.Row row, List<NamespaceRound> rounds) {
    row.put("creates/s", spread(rounds, NamespaceRound::createsPerSecond))
        .put("CPU µs each", spread(rounds, NamespaceRound::createMicros))
        .put("watch begins, ms", spread(rounds, NamespaceRound::watchMillis))
        .put("watch, CPU ms", spread(rounds, NamespaceRound::watchCpuMillis))
        .put("deleted, s", spread(rounds, NamespaceRound::deleteSeconds))
        .put("deleted, CPU ms", spread(rounds, NamespaceRound::deleteCpuMillis));
  }

  private static Spread spread(
      List<NamespaceRound> rounds, ToDoubleFunction<NamespaceRound> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }
}
