package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.Topology;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a file. The reader knows no others, and takes what is left out from here.
enum FileKey {
  NAME(FileSection.EXPERIMENT, "name", words(40), null),
  SHOWS(FileSection.EXPERIMENT, "shows", words(300), null),
  MEMBERS(FileSection.EXPERIMENT, "members", several("the keys of `members`"), ""),
  WORKLOAD(FileSection.EXPERIMENT, "workload", several("a list of 1 to 10 workloads"), null),
  FAULTS(FileSection.EXPERIMENT, "faults", several("the keys of `faults`"), ""),
  DURATIONS(FileSection.EXPERIMENT, "durations", several("the keys of `durations`"), ""),
  MUST_HOLD(FileSection.EXPERIMENT, "must-hold", several("the keys of `must-hold`"), ""),

  MEMBER_COUNT(FileSection.MEMBERS, "count", count(1, Topology.MOST_MEMBERS), "3"),
  PARTITIONS(
      FileSection.MEMBERS,
      "partitions",
      several(
          "for a type, as `configmaps` or `leases.coordination.k8s.io`, a number from 1 to 256"),
      ""),
  JVM(FileSection.MEMBERS, "jvm", several("a list of at most 20 options"), ""),
  STORE(FileSection.MEMBERS, "store", choice("`postgres`"), "postgres"),
  STARTS_WITHIN(FileSection.MEMBERS, "starts-within", length("1s", "10m"), "1m"),
  LEAVES_WITHIN(FileSection.MEMBERS, "leaves-within", length("1s", "10m"), "1m"),
  OLDER_BUILD(FileSection.MEMBERS, "older-build", words(400), ""),

  WORKLOAD_KIND(FileSection.WORKLOAD, "kind", choice("a workload's kind"), null),
  PER_SECOND(FileSection.WORKLOAD, "per-second", count(1, 10_000), "100"),
  CLIENTS(FileSection.WORKLOAD, "clients", count(1, 1_000), "10"),
  NAMESPACES(FileSection.WORKLOAD, "namespaces", count(1, 10_000), "12"),
  OBJECTS(FileSection.WORKLOAD, "objects", count(1, 10_000), "24"),
  WORKLOAD_EVERY(FileSection.WORKLOAD, "every", length("10ms", "1h"), "10s"),

  PLANNED(FileSection.FAULTS, "planned", several("a list of at most 100 faults"), ""),
  RANDOM(FileSection.FAULTS, "random", several("the keys of `faults.random`"), ""),
  OVERLAP(FileSection.FAULTS, "overlap", choice("`yes` or `no`"), "no"),

  OF(FileSection.RANDOM, "of", several("a list of 1 to 100 faults"), null),
  GAP(FileSection.RANDOM, "gap", lengths("100ms", "1h"), "10s..20s"),
  COUNT(FileSection.RANDOM, "count", count(1, FaultPlan.MOST_FAULTS), "5"),

  FAULT_KIND(FileSection.FAULT, "kind", choice("a fault's kind"), null),
  AT(FileSection.FAULT, "at", length("0ms", "48h"), null),
  WEIGHT(FileSection.FAULT, "weight", count(1, 1_000), "1"),
  FOR(FileSection.FAULT, "for", lengths("100ms", "24h"), "durations.fault"),
  WHO(
      FileSection.FAULT,
      "who",
      choice(
          "`owner` (of a partition, which is drawn), `coordinator` (the oldest), `leader`, `other`"
              + " (than the coordinator), `any`, `all`, or a member's number"),
      "any"),
  BETWEEN(FileSection.FAULT, "between", several("`any`, or a list of two members' numbers"), "any"),
  DIRECTION(FileSection.FAULT, "direction", choice("`out` or `in`"), "out"),
  ON(FileSection.FAULT, "on", choice("`members`, `store` or `clients`"), "members"),
  DELAY(FileSection.FAULT, "delay", length("1ms", "1m"), "200ms"),
  JITTER(FileSection.FAULT, "jitter", length("0ms", "1m"), "0ms"),
  PERCENT(FileSection.FAULT, "percent", count(1, 100), "10"),
  KILOBYTES(FileSection.FAULT, "kilobytes-per-second", count(1, 1_000_000), "100"),
  FAULT_EVERY(FileSection.FAULT, "every", length("100ms", "1h"), "1s"),
  DOWN(FileSection.FAULT, "down", length("10ms", "1m"), "500ms"),
  UP(FileSection.FAULT, "up", length("10ms", "1m"), "1s"),
  BY(FileSection.FAULT, "by", length("-24h", "24h"), "10s"),
  MEGABYTES(FileSection.FAULT, "megabytes", count(64, 65_536), "512"),
  STUCK_CLIENTS(FileSection.FAULT, "clients", count(1, 10_000), "100"),

  WARM_UP(FileSection.DURATIONS, "warm-up", length("0ms", "1h"), "5s"),
  FAULT(FileSection.DURATIONS, "fault", lengths("100ms", "24h"), "10s"),
  QUIET(FileSection.DURATIONS, "quiet", length("0ms", "1h"), "10s"),
  WHOLE(FileSection.DURATIONS, "whole", length("1s", "48h"), ""),

  INVARIANTS(FileSection.MUST_HOLD, "invariants", several("`all`, or a list of invariants"), "all"),
  WRITABLE_WITHIN(FileSection.MUST_HOLD, "writable-within", length("1ms", "1h"), ""),
  WATCHES_SILENT(FileSection.MUST_HOLD, "watches-silent-at-most", length("1ms", "1h"), ""),
  CONTROLLERS_ACT(FileSection.MUST_HOLD, "controllers-act-within", length("1ms", "1h"), ""),
  FAILED_REQUESTS(FileSection.MUST_HOLD, "failed-requests-at-most", count(0, 1_000_000), "");

  private final FileSection section;
  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // Its records are.
  private final KeyForm form;

  private final @Nullable String fallback;

  /// @param fallback what is read where it is left out: empty for nothing at all, null if it must
  ///   be there
  FileKey(FileSection section, String word, KeyForm form, @Nullable String fallback) {
    this.section = section;
    this.word = word;
    this.form = form;
    this.fallback = fallback;
  }

  private static KeyForm words(int most) {
    return new KeyForm.Words(most);
  }

  private static KeyForm count(int least, int most) {
    return new KeyForm.Count(least, most);
  }

  private static KeyForm choice(String words) {
    return new KeyForm.Choice(words);
  }

  private static KeyForm several(String words) {
    return new KeyForm.Several(words);
  }

  private static KeyForm length(String least, String most) {
    return new KeyForm.Length(duration(least), duration(most), false);
  }

  private static KeyForm lengths(String least, String most) {
    return new KeyForm.Length(duration(least), duration(most), true);
  }

  private static Duration duration(String text) {
    return LengthText.parse(text).orElseThrow();
  }

  static List<FileKey> of(FileSection section) {
    return Arrays.stream(values()).filter(key -> key.section == section).toList();
  }

  FileSection section() {
    return section;
  }

  String word() {
    return word;
  }

  KeyForm form() {
    return form;
  }

  @Nullable String fallback() {
    return fallback;
  }
}
