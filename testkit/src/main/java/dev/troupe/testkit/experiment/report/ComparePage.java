package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.plot.Markup;
import dev.troupe.testkit.experiment.plot.PageFrame;
import dev.troupe.testkit.experiment.plot.Phrases;
import dev.troupe.testkit.experiment.plot.Table;
import dev.troupe.testkit.experiment.plot.Units;
import dev.troupe.testkit.experiment.plot.ValueAxis;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.RunDescription;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// The page of two runs side by side. Their plots have the same scales.
public final class ComparePage {

  /// A run, and how it is called here: by its file, as a rule.
  public record Named(String name, ExperimentRecord record) {}

  private final Named first;
  private final Named second;
  private final RunView one;
  private final RunView other;

  private ComparePage(Named first, Named second) {
    long duration = Math.max(first.record().run().duration(), second.record().run().duration());
    this.first = first;
    this.second = second;
    this.one = RunView.of("first-", first.record(), duration);
    this.other = RunView.of("second-", second.record(), duration);
  }

  /// @return HTML that is well-formed XML
  public static String of(Named first, Named second) {
    return PageFrame.around(
        first.name() + " and " + second.name(), new ComparePage(first, second)::write);
  }

  private void write(Markup page) {
    page.open("header");
    page.element("p", "Troupe · two runs of failover experiments", "class", "over");
    page.element("h1", Phrases.clipped(first.name()) + " and " + Phrases.clipped(second.name()));
    page.open("div", "class", "pair");
    verdict(page, first);
    verdict(page, second);
    page.close().close();
    section(page, "Figures", this::figures);
    section(page, "What must hold", this::invariants);
    section(page, "What clients noticed", this::plots);
    section(page, "How partitions were taken over", this::takeovers);
    section(page, "What else is different", this::circumstances);
  }

  private static void section(Markup page, String heading, Consumer<Markup> content) {
    page.open("section").element("h2", heading);
    content.accept(page);
    page.close();
  }

  private static void verdict(Markup page, Named run) {
    page.open("div").element("h3", Phrases.clipped(run.name()));
    VerdictHeader.banner(page, run.record());
    page.element("p", VerdictHeader.circumstances(run.record()), "class", "soft");
    page.close();
  }

  private void figures(Markup page) {
    var table = new Table("figure", first.name(), second.name(), "difference", "");
    var ofOther = other.figures().key();
    for (int i = 0; i < ofOther.size(); i++) {
      var difference = new FigureDifference(one.figures().key().get(i), ofOther.get(i));
      table.row(
          difference.first().name(),
          Units.of(difference.first()),
          Units.of(difference.second()),
          difference.inWords(),
          difference.judgement());
    }
    table.write(page);
    page.element(
        "p",
        "One run each: some of what differs would also differ between two runs of the same.",
        "class",
        "soft");
  }

  private void invariants(Markup page) {
    var verdicts = new LinkedHashMap<String, String>();
    first.record().verdicts().forEach(verdict -> verdicts.put(verdict.invariant(), ""));
    second.record().verdicts().forEach(verdict -> verdicts.put(verdict.invariant(), ""));
    var table = new Table("invariant", first.name(), second.name());
    verdicts
        .keySet()
        .forEach(invariant ->
            table.row(
                invariant,
                verdictOn(invariant, first.record()),
                verdictOn(invariant, second.record())));
    table.write(page);
  }

  private static String verdictOn(String invariant, ExperimentRecord record) {
    return record.verdicts().stream()
        .filter(verdict -> verdict.invariant().equals(invariant))
        .map(InvariantVerdict::verdict)
        .map(VerdictHeader::word)
        .findFirst()
        .orElse("was not looked at");
  }

  private void plots(Markup page) {
    var highest = Math.max(one.figures().load().highest(), other.figures().load().highest());
    var rates = LoadPlots.rates(highest);
    var waits =
        ValueAxis.around(
            LoadPlots.waits(one.figures().load()),
            LoadPlots.waits(other.figures().load()),
            Units::time);
    beside(page, FaultSection::write);
    beside(page, (to, view) -> LoadPlots.throughput(to, view, rates));
    beside(page, (to, view) -> LoadPlots.latency(to, view, waits));
    beside(page, PartitionPlots::availability);
    beside(page, PartitionPlots::owners);
    beside(page, WatchPlot::write);
  }

  private void takeovers(Markup page) {
    long longest = Math.max(TakeoverSection.longest(one), TakeoverSection.longest(other));
    beside(page, (to, view) -> TakeoverSection.write(to, view, longest));
  }

  private void beside(Markup page, BiConsumer<Markup, RunView> drawing) {
    page.open("div", "class", "pair");
    page.open("div").element("h3", Phrases.clipped(first.name()));
    drawing.accept(page, one);
    page.close();
    page.open("div").element("h3", Phrases.clipped(second.name()));
    drawing.accept(page, other);
    page.close().close();
  }

  /// What two runs do not have in common, besides what came of them.
  private void circumstances(Markup page) {
    var table = new Table("", first.name(), second.name());
    difference(table, "experiment", RunDescription::experiment);
    difference(table, "seed", run -> Long.toString(run.seed()));
    difference(table, "unavailable above", run -> Units.time(run.bound()));
    difference(table, "members", run -> String.join(", ", run.members()));
    difference(table, "machine", run -> String.join("; ", run.machine()));
    difference(table, "command", RunDescription::command);
    if (table.isEmpty()) {
      page.element(
          "p", "Nothing: the same experiment, seed, members and machine.", "class", "soft");
    } else {
      table.write(page);
    }
  }

  private void difference(Table table, String what, Function<RunDescription, String> of) {
    var ofFirst = of.apply(first.record().run());
    var ofSecond = of.apply(second.record().run());
    if (!Objects.equals(ofFirst, ofSecond)) {
      table.row(what, ofFirst, ofSecond);
    }
  }
}
