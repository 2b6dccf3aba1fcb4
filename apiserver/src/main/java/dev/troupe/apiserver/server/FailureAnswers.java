package dev.troupe.apiserver.server;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Answer.Header;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.route.AllowedMethods;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.status.StatusDocument;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.failure.Failures;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is answered when a request is not carried out.
final class FailureAnswers {

  private FailureAnswers() {}

  /// The refusal that a failure stands for. One that nobody expects is a bug: it is logged under an
  /// id, and the client learns no more than that.
  static Refusal refusal(@Nullable Throwable failure, String what, BugLog bugs) {
    var cause = failure == null ? null : Failures.cause(failure);
    return switch (cause) {
      case RefusedException refused -> refused.refusal();
      case ExpiredException _ ->
          Refusal.expired("The resourceVersion for the provided list is too old.");
      case OverloadedException overloaded ->
          Refusal.tooManyRequests(String.valueOf(overloaded.getMessage()), 1);
      case UnavailableException unavailable ->
          Refusal.unavailable(String.valueOf(unavailable.getMessage()));
      case null, default -> Refusals.internal(bugs.log(what, cause));
    };
  }

  /// The methods that would be carried out instead of one that is not allowed.
  static List<String> allowed(Refusal refusal, HttpServerRequest http, AllowedMethods methods) {
    if (refusal.reason() != StatusReason.METHOD_NOT_ALLOWED) {
      return List.of();
    }
    try {
      var asked = ApiRequest.parse("GET", HttpRules.target(http), http.headers()::get);
      return methods.of(asked.target());
    } catch (RefusedException _) {
      return List.of();
    }
  }

  /// @param allowed the methods that would be carried out, of a refusal that is about the method
  static Answer.Document document(
      Refusal refusal, @Nullable ApiRequest request, List<String> allowed) {
    byte[] body = Encoding.status(StatusDocument.of(refusal), form(request));
    var headers = new ArrayList<Header>();
    if (refusal.retryAfterSeconds() > 0) {
      headers.add(new Header("Retry-After", Integer.toString(refusal.retryAfterSeconds())));
    }
    if (refusal.reason() == StatusReason.METHOD_NOT_ALLOWED) {
      headers.add(new Header("Allow", String.join(", ", allowed)));
    }
    return new Answer.Document(refusal.code(), form(request).contentType(), List.of(body), headers);
  }

  private static Representation form(@Nullable ApiRequest request) {
    if (request == null) {
      return Representation.PLAIN;
    }
    try {
      return Representation.of(request, Offer.ANYTHING).whole();
    } catch (RefusedException _) {
      return Representation.PLAIN;
    }
  }
}
