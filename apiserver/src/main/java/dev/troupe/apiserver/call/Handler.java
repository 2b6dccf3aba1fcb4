package dev.troupe.apiserver.call;

import dev.troupe.apiserver.answer.Answer;
import java.util.concurrent.CompletionStage;

/// Carries out an authorized request.
///
/// The stage fails with [dev.troupe.apiserver.status.RefusedException] where it is refused.
@FunctionalInterface
public interface Handler {

  CompletionStage<Answer> handle(Call call);
}
