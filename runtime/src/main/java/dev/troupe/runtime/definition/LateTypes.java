package dev.troupe.runtime.definition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Types that others serve already and of which this member may not have heard.
@FunctionalInterface
public interface LateTypes {

  /// Where all types are known.
  LateTypes NONE = (_, _) -> nothing();

  /// Completes when the registry says of a name what the newest definition says.
  ///
  /// @return fails if nobody can say what that is
  CompletionStage<Void> learn(String group, String plural);

  /// The same for all names at once.
  default CompletionStage<Void> learnAll() {
    return nothing();
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }
}
