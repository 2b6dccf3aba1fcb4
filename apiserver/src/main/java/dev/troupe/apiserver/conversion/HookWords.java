package dev.troupe.apiserver.conversion;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why somebody could not be asked, as Kubernetes says it.
final class HookWords {

  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private HookWords() {}

  static HookFailure of(String url, Throwable failure) {
    return failure instanceof HookFailure said
        ? isOfStatus(said) ? said : posting(url, said.getMessage())
        : posting(url, words(failure));
  }

  private static HookFailure posting(String url, @Nullable String why) {
    return new HookFailure("Post \"" + url + "\": " + why);
  }

  private static boolean isOfStatus(HookFailure failure) {
    return String.valueOf(failure.getMessage()).startsWith("the server ")
        || String.valueOf(failure.getMessage()).startsWith("an error on the server ");
  }

  /// An answer that is none.
  static HookFailure ofStatus(int code, String body) {
    return new HookFailure(
        switch (code) {
          case NOT_FOUND -> "the server could not find the requested resource";
          case UNAVAILABLE -> "the server is currently unable to handle the request";
          default ->
              "an error on the server (\""
                  + body.strip()
                  + "\") has prevented the request from succeeding";
        });
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case TimeoutException _ -> "context deadline exceeded";
      case SSLException tls -> ofTls(tls);
      case UnknownHostException host -> "dial tcp: lookup " + host.getMessage() + ": no such host";
      case ConnectException refused when isRefused(refused) ->
          "dial tcp " + address(refused) + ": connect: connection refused";
      default -> {
        var message = failure.getMessage();
        yield message == null || message.contains("Connection was closed") ? "EOF" : message;
      }
    };
  }

  private static boolean isRefused(ConnectException failure) {
    return String.valueOf(failure.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("connection refused");
  }

  /// Netty has it behind its own words: `Connection refused: localhost/127.0.0.1:8443`.
  private static String address(ConnectException failure) {
    var message = String.valueOf(failure.getMessage());
    return message.substring(message.lastIndexOf('/') + 1);
  }

  private static String ofTls(SSLException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      var message = String.valueOf(at.getMessage());
      if (message.contains("PKIX") || message.contains("unable to find valid certification path")) {
        return "x509: certificate signed by unknown authority";
      }
      if (message.contains("No subject alternative") || message.contains("No name matching")) {
        return "x509: " + message;
      }
    }
    return "tls: " + failure.getMessage();
  }
}
