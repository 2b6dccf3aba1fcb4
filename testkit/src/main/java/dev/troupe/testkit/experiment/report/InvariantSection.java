package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.Phrases;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// What must hold, whether it did, and the operations that show that it did not.
final class InvariantSection {

  private static final int OPEN = 2;
  private static final int OFFENCES = 10;
  private static final int OPERATIONS = 20;
  private static final List<Verdict> ORDER = List.of(Verdict.BROKEN, Verdict.OPEN, Verdict.HELD);

  private InvariantSection() {}

  static List<InvariantVerdict> ordered(List<InvariantVerdict> verdicts) {
    return verdicts.stream()
        .sorted(Comparator.comparingInt(verdict -> ORDER.indexOf(verdict.verdict())))
        .toList();
  }

  /// What is broken, which is to be seen before everything else.
  static void broken(Markup page, RunView view) {
    write(page, view, verdict -> verdict == Verdict.BROKEN);
  }

  static void others(Markup page, RunView view) {
    write(page, view, verdict -> verdict != Verdict.BROKEN);
  }

  private static void write(Markup page, RunView view, Predicate<Verdict> which) {
    var verdicts =
        ordered(view.record().verdicts()).stream()
            .filter(verdict -> which.test(verdict.verdict()))
            .toList();
    if (verdicts.isEmpty()) {
      boolean isAll = view.record().verdicts().isEmpty();
      page.element("p", isAll ? "Nothing was checked." : "Nothing else.", "class", "soft");
      return;
    }
    page.open("ul", "class", "invariants");
    verdicts.forEach(verdict -> one(page, verdict));
    page.close();
  }

  private static void one(Markup page, InvariantVerdict verdict) {
    page.open("li", "class", VerdictHeader.name(verdict.verdict()));
    page.open("p");
    page.element("b", VerdictHeader.word(verdict.verdict()), "class", "word").text(" ");
    page.element("b", Phrases.clipped(verdict.invariant())).text(" ");
    page.text(Phrases.clipped(verdict.promise())).text(" ");
    page.element("span", Phrases.count(verdict.checked(), "check", "checks"), "class", "soft");
    page.close();
    if (!verdict.note().isEmpty()) {
      page.element("p", Phrases.clipped(verdict.note()), "class", "soft");
    }
    offences(page, verdict.offences().stream().limit(OFFENCES).toList());
    long left = verdict.offended() - Math.min(OFFENCES, verdict.offences().size());
    if (left > 0) {
      page.element("p", "… and " + Units.number(left) + " more.", "class", "soft");
    }
    page.close();
  }

  /// The first ones at once, the others behind a line that opens them.
  private static void offences(Markup page, List<Offence> offences) {
    offences.stream().limit(OPEN).forEach(offence -> offence(page, offence));
    if (offences.size() > OPEN) {
      page.open("details").element("summary", (offences.size() - OPEN) + " more cases");
      offences.stream().skip(OPEN).forEach(offence -> offence(page, offence));
      page.close();
    }
  }

  private static void offence(Markup page, Offence offence) {
    page.open("div", "class", "offence").element("p", Phrases.clipped(offence.what()));
    page.open("ol");
    offence.operations().stream()
        .limit(OPERATIONS)
        .forEach(operation -> page.element("li", Phrases.clipped(operation)));
    page.close();
    int left = offence.operations().size() - OPERATIONS;
    if (left > 0) {
      page.element("p", "… and " + left + " more, in the record.", "class", "soft");
    }
    page.close();
  }
}
