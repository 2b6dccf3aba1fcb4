package dev.troupe.runtime.overview;

import java.util.concurrent.CompletionStage;

/// Sees who takes part and who holds what.
@FunctionalInterface
public interface Overseer {

  /// Does not fail because a part does not answer: the part is reported without an owner.
  CompletionStage<Overview> overview();
}
