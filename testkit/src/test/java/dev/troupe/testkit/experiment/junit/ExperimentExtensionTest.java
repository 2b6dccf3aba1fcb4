package dev.troupe.testkit.experiment.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.guest.GuestWork;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.Plans;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.RecordFile;
import dev.troupe.testkit.experiment.record.RunDescription;
import dev.troupe.testkit.experiment.record.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;

/// Tests that are experiments, run by JUnit on runs that say what they are told to say.
class ExperimentExtensionTest {

  private static final String OUTPUT = "target/experiments/extension";

  private static final List<ExperimentOrder> ORDERS = new ArrayList<>();
  private static final List<Object> GIVEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    ORDERS.clear();
    GIVEN.clear();
  }

  private static Events run(Class<?> tests, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameters(parameters)
        .execute()
        .testEvents();
  }

  private static Events run(Class<?> tests) {
    return run(tests, Map.of());
  }

  private static ExperimentRecord record(ExperimentOrder order, InvariantVerdict verdict) {
    var sample = SampleRecords.small(List.of(verdict));
    var run = sample.run();
    return new ExperimentRecord(
        new RunDescription(
            order.plan().name(),
            order.plan().shows(),
            order.seed(),
            order.again(),
            run.began(),
            run.duration(),
            run.machine(),
            run.members(),
            run.bound(),
            false),
        sample.partitions(),
        sample.requests(),
        sample.watchers(),
        sample.faults(),
        sample.owners(),
        sample.takeovers(),
        sample.verdicts(),
        sample.leftOut(),
        sample.notReproducible());
  }

  /// Puts a carrier in the place of the one with processes.
  abstract static class Stub implements BeforeAllCallback, ExperimentCarrier {

    @Override
    public void beforeAll(ExtensionContext context) {
      context.getStore(ExperimentExtension.NAMESPACE).put(ExperimentCarrier.class, this);
    }

    @Override
    public ExperimentRecord carryOut(ExperimentOrder order) {
      ORDERS.add(order);
      return record(order, verdict());
    }

    abstract InvariantVerdict verdict();
  }

  static final class Holding extends Stub {

    @Override
    InvariantVerdict verdict() {
      return InvariantVerdict.held("linearizable", "Answers are right.", 7);
    }
  }

  static final class Breaking extends Stub {

    @Override
    InvariantVerdict verdict() {
      return SampleRecords.broken();
    }
  }

  static final class Unsure extends Stub {

    @Override
    InvariantVerdict verdict() {
      return InvariantVerdict.open("one-writer", "One member writes.", "no log tells");
    }
  }

  static final class Lacking implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
      ExperimentCarrier carrier =
          _ -> {
            throw RefusedExperiment.here("only root may");
          };
      context.getStore(ExperimentExtension.NAMESPACE).put(ExperimentCarrier.class, carrier);
    }
  }

  @ExtendWith(Holding.class)
  static class GreenCase {

    @Experiment(value = "kill-owner", output = OUTPUT)
    void isGivenWhatCameOfIt(ExperimentOutcome outcome, ExperimentRecord record) {
      GIVEN.add(outcome);
      GIVEN.add(record);
    }
  }

  @Test
  void testOfARunThatHeldIsGivenTheRecordTheFiguresAndTheReport() {
    run(GreenCase.class).assertStatistics(of -> of.started(1).succeeded(1));
    var outcome = (ExperimentOutcome) GIVEN.getFirst();
    assertThat(outcome.record()).isSameAs(GIVEN.getLast());
    assertThat(outcome.figures().key()).isNotEmpty();
    assertThat(outcome.files().page()).exists().hasParentRaw(Path.of(OUTPUT).toAbsolutePath());
    assertThat(RecordFile.read(outcome.files().record()).run()).isEqualTo(outcome.record().run());
  }

  @Test
  void seedThatIsNotWrittenDownIsFreshAndToldInTheReportEntries() {
    var events = run(GreenCase.class);
    run(GreenCase.class);
    assertThat(ORDERS).extracting(ExperimentOrder::seed).doesNotHaveDuplicates();
    var told =
        events.reportingEntryPublished().stream()
            .map(event -> event.getRequiredPayload(ReportEntry.class))
            .flatMap(entry -> entry.getKeyValuePairs().entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(told)
        .containsEntry("experiment", "kill-owner")
        .containsEntry("seed", Long.toString(ORDERS.getFirst().seed()))
        .containsKey("report");
  }

  @Test
  void seedOfTheConfigurationCountsMoreThanThatOfTheTest() {
    run(DeclaringCase.class, Map.of(ExperimentExtension.SEED, "99"))
        .assertStatistics(of -> of.succeeded(3));
    assertThat(ORDERS).extracting(ExperimentOrder::seed).containsOnly(99L);
    assertThat(ORDERS).allMatch(order -> order.again().endsWith("-Dtroupe.experiment.seed=99"));
  }

  @Test
  void seedThatIsNoNumberIsRefused() {
    run(GreenCase.class, Map.of(ExperimentExtension.SEED, "x"))
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(),
                finishedWithFailure(
                    instanceOf(ExtensionConfigurationException.class),
                    message("troupe.experiment.seed is 'x', which is no number"))));
  }

  static final class TwoKills implements ExperimentSource {

    @Override
    public ExperimentPlan get() {
      return Plans.of(
          new FaultPlan(
              List.of(Plans.planned(1, new InjectedFault.DatabaseRestart(), 2)), null, false));
    }
  }

  static final class Counting implements GuestWork {

    @Override
    public String promise() {
      return "All are counted.";
    }

    @Override
    public void begin(List<Path> kubeconfigs) {}

    @Override
    public List<String> amiss(List<Path> kubeconfigs) {
      return List.of();
    }
  }

  @ExtendWith(Holding.class)
  static class DeclaringCase {

    @Experiment(value = "mixed", seed = 7, members = 5, duration = "90s", output = OUTPUT)
    void asItIsWrittenDown() {}

    @Experiment(plan = TwoKills.class, seed = 8, output = OUTPUT)
    void asItIsPutTogether() {}

    @Experiment(
        value = "kill-owner",
        seed = 9,
        program = ExperimentExtensionTest.class,
        work = Counting.class,
        output = OUTPUT)
    void withAGuest() {}
  }

  private static ExperimentOrder order(long seed) {
    return ORDERS.stream().filter(one -> one.seed() == seed).findFirst().orElseThrow();
  }

  @Test
  void whatIsDeclaredIsWhatIsCarriedOut() {
    run(DeclaringCase.class).assertStatistics(of -> of.succeeded(3));
    var written = order(7);
    assertThat(written.plan().name()).isEqualTo("mixed");
    assertThat(written.plan().topology().members()).isEqualTo(5);
    assertThat(written.plan().timing().whole()).hasSeconds(90);
    assertThat(written.again())
        .contains("DeclaringCase#asItIsWrittenDown", "-Dtroupe.experiment.seed=7");
    assertThat(order(8).plan()).isEqualTo(new TwoKills().get());
    assertThat(order(9).guest().program()).isEqualTo(ExperimentExtensionTest.class.getName());
    assertThat(order(9).guest().work()).isInstanceOf(Counting.class);
  }

  @ExtendWith(Breaking.class)
  static class RedCase {

    @Experiment(value = "kill-owner", seed = 7, output = OUTPUT)
    void isNotCalled() {
      GIVEN.add("called");
    }
  }

  @Test
  void testOfARunThatDidNotHoldFailsWithAllThatOneNeeds() {
    var offence = SampleRecords.broken().offences().getFirst();
    run(RedCase.class)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(),
                finishedWithFailure(
                    instanceOf(AssertionFailedError.class),
                    message(text -> text.startsWith("kill-owner: something did not hold\n")),
                    message(text -> text.contains(SampleRecords.broken().promise())),
                    message(text -> text.contains("\n  " + offence.what())),
                    message(text -> text.contains("\n    " + offence.operations().getFirst())),
                    message(text -> text.matches("(?s).*\nreport /.*kill-owner-7[^/]*html\n.*")),
                    message(text -> text.contains("\nseed   7\n")),
                    message(text ->
                        text.endsWith("RedCase#isNotCalled' -Dtroupe.experiment.seed=7")))));
    assertThat(GIVEN).isEmpty();
  }

  @ExtendWith(Unsure.class)
  static class OpenCase {

    @Experiment(value = "kill-owner", output = OUTPUT)
    void isNotCalled() {}
  }

  @Test
  void runOfWhichNobodyCanSayWhetherItHeldIsNoSuccess() {
    run(OpenCase.class)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(),
                finishedWithFailure(
                    message(text -> text.contains("one-writer is open: no log tells")))));
  }

  @ExtendWith(Lacking.class)
  static class LackingCase {

    @Experiment("cut")
    void isNotCalled() {}
  }

  @Test
  void whatThisMachineLacksSkipsTheTestAndSaysSo() {
    run(LackingCase.class)
        .assertThatEvents()
        .haveExactly(
            1, event(test(), abortedWithReason(message("it cannot be run here: only root may"))));
  }

  @ExtendWith(Holding.class)
  static class RefusedCase {

    @Experiment("kill-owners")
    void ofNoKnownName() {}

    @Experiment
    void ofNothing() {}

    @Experiment(value = "kill-owner", plan = TwoKills.class)
    void ofTwoThings() {}

    @Experiment(value = "kill-owner", duration = "soon")
    void ofNoLength() {}

    @Experiment(value = "kill-owner", members = 99)
    void ofTooMany() {}
  }

  @Test
  void wrongExperimentsFailAndNothingIsRun() {
    var events = run(RefusedCase.class);
    events.assertStatistics(of -> of.failed(5).aborted(0));
    for (var words :
        List.of("is kill-owner meant?", "of ofNothing takes", "of ofTwoThings takes", "'soon'")) {
      events
          .assertThatEvents()
          .haveExactly(
              1,
              event(
                  finishedWithFailure(
                      instanceOf(ExtensionConfigurationException.class),
                      message(text -> text.contains(words)))));
    }
    assertThat(ORDERS).isEmpty();
  }

  @ExtendWith(Holding.class)
  static class EarlyCase {

    @BeforeEach
    void asks(ExperimentOutcome outcome) {
      GIVEN.add(outcome);
    }

    @Experiment(value = "kill-owner", output = OUTPUT)
    void isNotCalled() {}
  }

  @Test
  void outcomeIsNotThereBeforeTheRun() {
    run(EarlyCase.class)
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(instanceOf(ParameterResolutionException.class))));
  }

  @ExtendWith(Holding.class)
  @ExtendWith(ExperimentExtension.class)
  static class OrdinaryCase {

    @Test
    void isAnOrdinaryTest() {}
  }

  @Test
  void testThatIsNoExperimentRunsNone() {
    run(OrdinaryCase.class)
        .assertThatEvents()
        .haveExactly(1, event(test(), finishedSuccessfully()));
    assertThat(ORDERS).isEmpty();
  }
}
