package dev.troupe.apiserver.read;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.options.ListOptions;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.failure.Failures;
import java.util.concurrent.CompletionStage;

/// A token whose state is not kept any more: the client may go on with another, knowing that the
/// list will not be consistent.
public final class ExpiredToken {

  private static final String MESSAGE =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";

  private ExpiredToken() {}

  /// The answer to a list, or 410 with another token if that of its options has expired.
  public static CompletionStage<Answer> orAnother(
      CompletionStage<Answer> answer, ListOptions options, Representation representation) {
    return options.continueToken().isEmpty()
        ? answer
        : answer.exceptionally(failure -> another(failure, options, representation));
  }

  private static Answer another(
      Throwable failure, ListOptions options, Representation representation) {
    if (!(Failures.cause(failure) instanceof ExpiredException)) {
      throw Failures.unchecked(failure);
    }
    var token = ContinueToken.parse(options.continueToken());
    var another = new ContinueToken(ContinueToken.LATEST, token.after()).text();
    var form = representation.whole();
    var document = StatusDocument.of(Refusal.expired(MESSAGE), another);
    return new Answer.Document(410, form.contentType(), Encoding.status(document, form));
  }
}
