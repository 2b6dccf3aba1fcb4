package dev.troupe.apiserver.conversion;

import dev.troupe.resources.conversion.ConversionHook;
import java.util.concurrent.CompletionStage;

/// Asks whoever converts objects.
@FunctionalInterface
public interface ConversionCall {

  /// Nobody can be asked.
  ConversionCall NONE =
      (_, _) -> {
        throw new UnsupportedOperationException("nobody converts objects here");
      };

  /// @param review as JSON
  /// @return his answer; fails with [HookFailure]
  CompletionStage<byte[]> post(ConversionHook hook, byte[] review);
}
