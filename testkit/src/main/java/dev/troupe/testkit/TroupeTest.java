package dev.troupe.testkit;

import dev.troupe.api.controller.Controller;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives every test of a class, or one test, a [World] of its own as a parameter, and has it
/// verified when the test is over. A test that fails tells the seed and what has happened.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WorldExtension.class)
public @interface TroupeTest {

  /// The controllers in the world; each has a constructor without parameters. Worlds of others are
  /// started by a method of the test: see [WorldExtension].
  Class<? extends Controller<?>>[] value() default {};

  /// In which order things happen that may happen at once. The configuration parameter
  /// `troupe.seed` of JUnit, which a system property sets as well, counts more.
  long seed() default 1;

  /// Whether [World#verify] is called after a test that has passed.
  boolean verified() default true;
}
