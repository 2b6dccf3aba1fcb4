package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.resource.ResourceKey;

/// A plan that makes no sense: it is not carried out. The message names controller and object, and
/// says what to do.
public final class UnfitPlanException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnfitPlanException(String controller, ResourceKey key, String why) {
    super(sentence(controller, key, why));
  }

  /// What it means for the attempt that something has come up while the plan was carried out.
  public static Failure failure(String controller, ResourceKey key, RuntimeException thrown) {
    return new Failure.Broken(sentence(controller, key, String.valueOf(thrown.getMessage())));
  }

  private static String sentence(String controller, ResourceKey key, String why) {
    return "the plan of %s for %s cannot be carried out: %s".formatted(controller, key, why);
  }

  /// What is told of whatever a controller has come to instead of a plan.
  public static String words(Throwable thrown) {
    return thrown instanceof UnfitPlanException
        ? String.valueOf(thrown.getMessage())
        : thrown.toString();
  }
}
