package dev.troupe.testkit.experiment.junit;

import dev.troupe.testkit.experiment.guest.GuestWork;
import dev.troupe.testkit.experiment.guest.NoWork;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A test that is an experiment. It is run before the method, which is only called if everything
/// held; an [ExperimentOutcome] or an `ExperimentRecord` among its parameters lets it look at more.
/// Members are processes on the class path of the tests, which needs `dev.troupe:cluster-config`.
///
/// A test that this machine cannot run is skipped, with the reason; one run is on its way at a
/// time.
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ExperimentExtension.class)
@ResourceLock("dev.troupe.experiment")
public @interface Experiment {

  /// A seed that is drawn for each run, and told.
  long FRESH = -1;

  /// The name of one in the box, or a file; relative to where tests are run.
  String value() default "";

  /// An experiment that is put together in Java, in place of a name or a file.
  Class<? extends ExperimentSource> plan() default ExperimentSource.ByName.class;

  /// The same seed has the same faults at the same moments. The configuration parameter
  /// `troupe.experiment.seed` of JUnit, which a system property sets as well, counts more.
  long seed() default FRESH;

  /// How many members there are; 0 for as many as the experiment says.
  int members() default 0;

  /// For how long members are under load, as `90s` or `5m`; empty for as long as the experiment
  /// says.
  String duration() default "";

  /// What members are: a class whose `main` runs the `troupe` command with controllers of its own.
  Class<?> program() default void.class;

  /// What these controllers get to do, and what must have become of it.
  Class<? extends GuestWork> work() default NoWork.class;

  /// Where the report is written, and members have their files; relative to where tests are run.
  String output() default "target/experiments";
}
