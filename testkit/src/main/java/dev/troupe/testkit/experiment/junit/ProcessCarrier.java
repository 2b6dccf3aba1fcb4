package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.run.ExperimentRun;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// Runs experiments with members that are processes. If the JVM is asked to end meanwhile, the run
/// is stopped, and waited for until it has ended what it started.
final class ProcessCarrier implements ExperimentCarrier {

  private static final Duration LAST_WORDS = Duration.ofMinutes(1);

  @Override
  public ExperimentRecord carryOut(ExperimentOrder order) {
    var sites =
        ServiceLoader.load(RunSites.class)
            .findFirst()
            .orElseThrow(() ->
                new ExtensionConfigurationException(
                    "nothing on the class path can be a member: add dev.troupe:cluster-config to"
                        + " the dependencies of the tests"));
    var obstacle = sites.obstacle();
    if (!obstacle.isEmpty()) {
      throw RefusedExperiment.here(obstacle);
    }
    var site = sites.at(order.output().resolve("running"), order.progress()).with(order.guest());
    var run = ExperimentRun.of(order.plan(), order.seed(), order.again(), site);
    var over = new CountDownLatch(1);
    var hook = new Thread(() -> stop(run, over), "end of the experiment");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run.run();
    } finally {
      over.countDown();
      forget(hook);
    }
  }

  private static void stop(ExperimentRun run, CountDownLatch over) {
    run.stop();
    try {
      // What is not over by then, the next run removes.
      var _ = over.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It has been told.
    }
  }
}
