package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.figure.RunFigures;
import dev.troupe.testkit.experiment.outcome.OutcomeWords;
import dev.troupe.testkit.experiment.outcome.RunFiles;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the [Experiment] of a test before the test, and fails it with what did not hold: the
/// verdict, the operations that show it, where the report is and what repeats the run.
public final class ExperimentExtension implements BeforeTestExecutionCallback, ParameterResolver {

  /// The configuration parameter with a seed that counts more than what tests say.
  public static final String SEED = "troupe.experiment.seed";

  /// Where another carrier may be kept.
  static final Namespace NAMESPACE = Namespace.create(ExperimentExtension.class);

  private static final Logger LOG = LoggerFactory.getLogger(ExperimentExtension.class);
  private static final int SEEDS = 1_000_000;

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    var method = context.getRequiredTestMethod();
    var said = AnnotationSupport.findAnnotation(method, Experiment.class);
    if (said.isPresent()) {
      run(context, new ExperimentDeclaration(method, said.get()));
    }
  }

  private static void run(ExtensionContext context, ExperimentDeclaration declaration) {
    try {
      var order =
          declaration.order(seed(context), () -> new SecureRandom().nextInt(SEEDS), LOG::info);
      carryOut(context, order);
    } catch (RefusedExperiment refused) {
      if (refused.isOfThisMachine()) {
        throw new TestAbortedException("it cannot be run here: " + refused.why(), refused);
      }
      throw new ExtensionConfigurationException("it is refused: " + refused.why(), refused);
    }
  }

  private static Optional<Long> seed(ExtensionContext context) {
    return context.getConfigurationParameter(SEED).map(ExperimentExtension::number);
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new ExtensionConfigurationException(
          "%s is '%s', which is no number".formatted(SEED, text), e);
    }
  }

  private static void carryOut(ExtensionContext context, ExperimentOrder order) {
    var name = order.plan().name();
    LOG.info("{}: {}; seed {}", name, order.plan().shows(), order.seed());
    context.publishReportEntry(Map.of("experiment", name, "seed", Long.toString(order.seed())));
    var record = carrier(context).carryOut(order);
    var files = RunFiles.write(order.output(), record);
    context.publishReportEntry("report", files.page().toString());
    OutcomeWords.leftOut(record).forEach(LOG::info);
    if (record.verdict() != Verdict.HELD) {
      throw new AssertionFailedError(failure(record, files));
    }
    LOG.info("{}: {}; report {}", name, OutcomeWords.sentence(record), files.page());
    context
        .getStore(NAMESPACE)
        .put(ExperimentOutcome.class, new ExperimentOutcome(record, RunFigures.of(record), files));
  }

  private static ExperimentCarrier carrier(ExtensionContext context) {
    var other = context.getStore(NAMESPACE).get(ExperimentCarrier.class, ExperimentCarrier.class);
    return other == null ? new ProcessCarrier() : other;
  }

  private static String failure(ExperimentRecord record, RunFiles files) {
    var run = record.run();
    var lines = new ArrayList<String>();
    lines.add("%s: %s".formatted(run.experiment(), OutcomeWords.sentence(record)));
    lines.addAll(OutcomeWords.faults(record));
    lines.add("report " + files.page());
    lines.add("record " + files.record());
    lines.add("seed   " + run.seed());
    lines.add("again  " + run.command());
    return String.join("\n", lines);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == ExperimentOutcome.class || type == ExperimentRecord.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var outcome = context.getStore(NAMESPACE).get(ExperimentOutcome.class, ExperimentOutcome.class);
    if (outcome == null) {
      throw new ParameterResolutionException(
          "the experiment is run right before its test: only that has what came of it");
    }
    return parameter.getParameter().getType() == ExperimentOutcome.class
        ? outcome
        : outcome.record();
  }
}
