package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.figure.KeyFigure;
import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Phrases;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The first thing that one sees of a run: what it says, and what it cost.
final class VerdictHeader {

  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// Those at the top of the page; the others are in the table of figures.
  private static final List<String> FIRST =
      List.of(
          "unavailable object-seconds",
          "available",
          "longest without service",
          "longest takeover",
          "failed requests",
          "p99 of waits");

  private VerdictHeader() {}

  static void write(Markup page, RunView view) {
    var run = view.record().run();
    page.open("header");
    page.element("p", "Troupe · failover experiment", "class", "over");
    page.element("h1", Phrases.clipped(run.experiment()));
    banner(page, view.record());
    page.open("dl", "class", "keys");
    view.figures().key().stream()
        .filter(figure -> FIRST.contains(figure.name()))
        .forEach(figure -> key(page, figure));
    page.close();
    if (!run.what().isEmpty()) {
      page.element("p", Phrases.clipped(run.what()), "class", "what");
    }
    page.element("p", circumstances(view.record()), "class", "soft");
    page.close();
  }

  private static void key(Markup page, KeyFigure figure) {
    page.open("div", "title", figure.meaning());
    page.element("dt", figure.name());
    page.element("dd", Units.of(figure));
    page.close();
  }

  static String circumstances(ExperimentRecord record) {
    var run = record.run();
    return "%s, %s under %s, seed %d, %s"
        .formatted(
            Units.time(run.duration()),
            Phrases.count(run.members().size(), "member", "members"),
            Phrases.count(record.faults().size(), "fault", "faults"),
            run.seed(),
            BEGAN.format(run.began()));
  }

  static void banner(Markup page, ExperimentRecord record) {
    var verdict = record.verdict();
    page.open("p", "class", "verdict " + name(verdict));
    page.element("b", word(verdict)).text(" ").element("span", reason(record));
    page.close();
  }

  /// As classes of the style sheet say it.
  static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String word(Verdict verdict) {
    return switch (verdict) {
      case HELD -> "✓ Held";
      case BROKEN -> "✗ Broken";
      case OPEN -> "? Open";
    };
  }

  private static String reason(ExperimentRecord record) {
    var verdicts = record.verdicts();
    return switch (record.verdict()) {
      case HELD ->
          "%s, over %s"
              .formatted(
                  verdicts.size() == 1
                      ? "the invariant"
                      : "all %d invariants".formatted(verdicts.size()),
                  Phrases.count(
                      verdicts.stream().mapToLong(InvariantVerdict::checked).sum(),
                      "check",
                      "checks"));
      case BROKEN ->
          "%s of %d: %s"
              .formatted(
                  Phrases.count(of(record, Verdict.BROKEN).size(), "invariant", "invariants"),
                  verdicts.size(),
                  names(record, Verdict.BROKEN));
      case OPEN ->
          verdicts.isEmpty()
              ? "nothing was checked"
              : record.run().interrupted()
                  ? "the run was ended before its time, and nothing is broken until then"
                  : "not checked: " + names(record, Verdict.OPEN);
    };
  }

  private static List<InvariantVerdict> of(ExperimentRecord record, Verdict verdict) {
    return record.verdicts().stream().filter(one -> one.verdict() == verdict).toList();
  }

  private static String names(ExperimentRecord record, Verdict verdict) {
    return Phrases.clipped(
        of(record, verdict).stream()
            .map(InvariantVerdict::invariant)
            .collect(Collectors.joining(", ")));
  }
}
