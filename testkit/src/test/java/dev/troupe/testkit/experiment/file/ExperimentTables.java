package dev.troupe.testkit.experiment.file;

import static java.util.stream.Collectors.joining;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.FaultNeed;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.plan.WorkloadKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The tables of `docs/experiments.md`, made of what the reader knows.
final class ExperimentTables {

  private ExperimentTables() {}

  static List<String> all() {
    return List.of(boxed(), workloads(), faults(), needs(), invariants());
  }

  private static String table(String head, Stream<String> rows) {
    var line = head.replaceAll("[^|]+", " --- ");
    return Stream.concat(Stream.of(head, line), rows).collect(joining("\n", "", "\n"));
  }

  private static String row(String... cells) {
    return Arrays.stream(cells).collect(joining(" | ", "| ", " |"));
  }

  private static String code(String word) {
    return "`" + word + "`";
  }

  private static String boxed() {
    return table(
        "| experiment | what it shows |",
        BoxedExperiments.list().stream().map(one -> row(code(one.name()), one.shows())));
  }

  /// The lines of the keys, each up to what the document says of it.
  static List<String> keys() {
    return Arrays.stream(FileKey.values())
        .map(key ->
            "| %s | %s | %s |"
                .formatted(
                    code(key.section().prefix() + key.word()), key.form().words(), leftOut(key)))
        .toList();
  }

  private static String leftOut(FileKey key) {
    var fallback = key.fallback();
    if (fallback == null) {
      return "is refused";
    }
    return fallback.isEmpty() ? "nothing" : code(fallback);
  }

  private static Section empty(FileSection section) {
    return Section.of(section, new YamlPart.YamlKeys(new FilePlace("nothing", 1, 1), Map.of()));
  }

  private static String words(Set<FileKey> keys) {
    return keys.isEmpty()
        ? "none"
        : keys.stream().map(key -> code(key.word())).collect(joining(", "));
  }

  private static String workloads() {
    return table(
        "| kind | keys | clients |",
        Arrays.stream(WorkloadKind.values())
            .map(kind -> {
              var section = empty(FileSection.WORKLOAD);
              var _ = WorkloadReader.workload(kind, section);
              return row(code(kind.word()), words(section.asked()), kind.sentence());
            }));
  }

  private static String faults() {
    return table(
        "| kind | keys | needs | what it does |",
        Arrays.stream(FaultKind.values())
            .map(kind -> {
              var section = empty(FileSection.FAULT);
              var _ = FaultReader.fault(kind, section);
              return row(code(kind.word()), words(section.asked()), needs(kind), kind.sentence());
            }));
  }

  private static String needs(FaultKind kind) {
    return kind.needs().isEmpty()
        ? "nothing"
        : kind.needs().stream().map(FaultNeed::title).collect(joining(", "));
  }

  private static String needs() {
    return table(
        "| what a fault needs | what that takes |",
        Arrays.stream(FaultNeed.values()).map(need -> row(need.title(), need.met())));
  }

  private static String invariants() {
    return table(
        "| invariant | what is promised |",
        Arrays.stream(Invariant.values())
            .map(invariant -> row(code(invariant.word()), invariant.sentence())));
  }
}
