package dev.troupe.testkit;

import dev.troupe.api.controller.Controller;
import dev.troupe.testkit.world.story.WorldFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/// Carries [TroupeTest] out: a [World] for each test, with the controllers that the annotation
/// names and those of a static method of the test class that returns a [WorldBuilder].
public final class WorldExtension
    implements ParameterResolver, AfterTestExecutionCallback, TestExecutionExceptionHandler {

  /// The configuration parameter with a seed that counts more than what tests say.
  public static final String SEED = "troupe.seed";

  private static final Namespace NAMESPACE = Namespace.create(WorldExtension.class);

  /// Added to a failure that does not tell what has happened itself.
  private static final class Happened extends Throwable {
    private static final long serialVersionUID = 1;

    Happened(String history) {
      super(history, null, false, false);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(World.class, _ -> start(context), World.class);
  }

  private static World start(ExtensionContext context) {
    var said = said(context);
    var builder = builder(context);
    for (var controller : said.value()) {
      builder.with(made(controller));
    }
    var given = context.getConfigurationParameter(SEED);
    return builder.seed(given.isPresent() ? number(given.get()) : said.seed()).start();
  }

  private static TroupeTest said(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), TroupeTest.class)
        .or(() ->
            AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(),
                TroupeTest.class,
                context.getEnclosingTestClasses()))
        .orElseThrow(() ->
            new ExtensionConfigurationException(
                "a test gets a World where it, or its class, has the annotation @TroupeTest"));
  }

  private static WorldBuilder builder(ExtensionContext context) {
    var methods =
        ReflectionSupport.findMethods(
            context.getRequiredTestClass(),
            method ->
                method.getReturnType() == WorldBuilder.class && method.getParameterCount() == 0,
            HierarchyTraversalMode.TOP_DOWN);
    if (methods.isEmpty()) {
      return World.builder();
    }
    var test = context.getTestInstance().orElse(null);
    if (ReflectionSupport.invokeMethod(methods.getFirst(), test) instanceof WorldBuilder builder) {
      return builder;
    }
    throw new ExtensionConfigurationException(methods.getFirst() + " returns nothing");
  }

  private static Controller<?> made(Class<? extends Controller<?>> controller) {
    try {
      return ReflectionSupport.newInstance(controller);
    } catch (RuntimeException missing) {
      throw new ExtensionConfigurationException(
          controller.getName()
              + " cannot be made without parameters; return a WorldBuilder with it from a method of"
              + " the test class",
          missing);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ExtensionConfigurationException(
          "%s is '%s', which is no number".formatted(SEED, text), e);
    }
  }

  private static @Nullable World world(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(World.class, World.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    var world = world(context);
    if (world != null && context.getExecutionException().isEmpty() && said(context).verified()) {
      world.verify();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    var world = world(context);
    if (world != null && !(thrown instanceof WorldFailure)) {
      thrown.addSuppressed(
          new Happened("in the world of seed " + world.seed() + "\n" + world.history()));
    }
    throw thrown;
  }
}
