package dev.troupe.apiserver.rest;

import dev.troupe.apiserver.answer.Answer;
import java.util.concurrent.CompletionStage;

/// Carries out one verb. The stage fails with [dev.troupe.apiserver.status.RefusedException].
@FunctionalInterface
interface VerbHandler {

  CompletionStage<Answer> handle(Ask ask);
}
