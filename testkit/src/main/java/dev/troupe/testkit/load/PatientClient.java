package dev.troupe.testkit.load;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.List;

/// A client that has an endpoint of its own and asks the next one where nobody takes its
/// connection. From an endpoint that gives no answer it turns away for a while: that request has
/// failed, the next few begin with the next endpoint. Nothing else is tried again (a server that
/// says that it will take no more requests on a connection is not asked on it: the HTTP client sees
/// to that). For one thread.
final class PatientClient implements ApiCalls {

  private static final int WORDS = 160;
  private static final String NO_ANSWER = "no answer";

  /// For how many requests it turns away from an endpoint that gave no answer.
  private static final int AWAY = 10;

  private final List<AskedServer> endpoints;
  private final int own;
  private int first;
  private int away;
  private int through;
  private String fault = "";

  PatientClient(List<AskedServer> endpoints, int first) {
    this.endpoints = List.copyOf(endpoints);
    this.own = first;
    this.first = first;
    this.through = first;
  }

  /// Who was asked last.
  int through() {
    return through;
  }

  /// Why the last request failed; empty if it did not.
  String fault() {
    return fault;
  }

  private interface Question<T> {
    T ask(ApiCalls api) throws IOException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    if (away > 0) {
      away--;
    } else {
      first = own;
    }
    for (int i = 0; ; i++) {
      var endpoint = endpoints.get((first + i) % endpoints.size());
      through = endpoint.number();
      try {
        fault = "";
        return question.ask(endpoint.api());
      } catch (IOException failure) {
        fault = fault(failure);
        if (fault.equals(NO_ANSWER)) {
          first = (first + i + 1) % endpoints.size();
          away = AWAY;
        }
        if (!fault.equals("refused") || i + 1 == endpoints.size()) {
          throw failure;
        }
      }
    }
  }

  /// What the server said of it, as far as it fits into a line.
  private static String refusal(Api.Answer answer) {
    var said = answer.body().path("message").asString("");
    return answer.code() + " " + said.substring(0, Math.min(said.length(), WORDS));
  }

  /// In a few words, without numbers: they would make each another one.
  private static String fault(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "refused";
    }
    if (failure instanceof HttpTimeoutException) {
      return NO_ANSWER;
    }
    var first = failure;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      first = cause;
    }
    return "broken: " + String.valueOf(first.getMessage()).replaceAll("[0-9]+", "#");
  }

  @Override
  public Api.Answer send(String verb, String path, String body, String contentType) {
    try {
      var answer =
          ask(api -> {
            try {
              return api.send(verb, path, body, contentType);
            } catch (UncheckedIOException failure) {
              throw failure.getCause();
            }
          });
      fault = answer.code() < 300 ? "" : refusal(answer);
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public InputStream watch(String path) throws IOException {
    try {
      return ask(api -> api.watch(path));
    } catch (Api.RefusedWatchException refused) {
      fault = "watch refused";
      if (refused.isForNow()) {
        throw new IOException(refused);
      }
      throw refused;
    }
  }
}
