package dev.troupe.apiserver.call;

import dev.troupe.apiserver.answer.Answer;
import java.util.concurrent.CompletionStage;

/// Carries out one verb. The stage fails with [dev.troupe.apiserver.status.RefusedException].
@FunctionalInterface
public interface VerbHandler {

  CompletionStage<Answer> handle(Ask ask);
}
