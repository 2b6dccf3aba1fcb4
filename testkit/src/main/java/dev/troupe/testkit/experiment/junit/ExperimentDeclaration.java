package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.file.BoxedExperiments;
import dev.troupe.testkit.experiment.file.LengthText;
import dev.troupe.testkit.experiment.guest.Guest;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.platform.commons.support.ReflectionSupport;

/// What an [Experiment] says.
final class ExperimentDeclaration {

  private final Method method;
  private final Experiment said;

  ExperimentDeclaration(Method method, Experiment said) {
    this.method = method;
    this.said = said;
  }

  /// @param wanted a seed that counts more than the one that is written down
  /// @param fresh draws one
  /// @throws RefusedExperiment if there is no such experiment, or it is wrong
  ExperimentOrder order(Optional<Long> wanted, LongSupplier fresh, Consumer<String> progress) {
    long seed =
        wanted.orElseGet(() -> said.seed() == Experiment.FRESH ? fresh.getAsLong() : said.seed());
    return new ExperimentOrder(
        plan(), seed, again(seed), guest(), Path.of(said.output()).toAbsolutePath(), progress);
  }

  private ExperimentPlan plan() {
    var plan = written();
    if (said.members() > 0) {
      plan = plan.withMembers(said.members());
    }
    return said.duration().isEmpty() ? plan : plan.lasting(duration());
  }

  private ExperimentPlan written() {
    boolean isByName = said.plan() == ExperimentSource.ByName.class;
    if (isByName == said.value().isEmpty()) {
      throw new RefusedExperiment(
          "@Experiment of %s takes either the name of an experiment, or a file, or a plan"
              .formatted(method.getName()));
    }
    return isByName
        ? BoxedExperiments.find(said.value())
        : ReflectionSupport.newInstance(said.plan()).get();
  }

  private Duration duration() {
    return LengthText.parse(said.duration())
        .filter(Duration::isPositive)
        .orElseThrow(() ->
            new RefusedExperiment(
                "'%s' is no duration such as 90s, 5m or 2h".formatted(said.duration())));
  }

  private Guest guest() {
    return new Guest(
        said.program() == void.class ? Guest.NONE.program() : said.program().getName(),
        ReflectionSupport.newInstance(said.work()));
  }

  private String again(long seed) {
    return "mvn test -Dtest='%s#%s' -D%s=%d"
        .formatted(
            method.getDeclaringClass().getName(), method.getName(), ExperimentExtension.SEED, seed);
  }
}
