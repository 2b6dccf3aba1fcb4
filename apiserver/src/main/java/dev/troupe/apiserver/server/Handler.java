package dev.troupe.apiserver.server;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.rest.Call;
import java.util.concurrent.CompletionStage;

/// Carries out an authorized request.
///
/// The stage fails with [dev.troupe.apiserver.status.RefusedException] where it is refused.
@FunctionalInterface
interface Handler {

  CompletionStage<Answer> handle(Call call);
}
