package dev.troupe.controllerhost.connection;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// An API server did not answer.
public final class UnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean sent;

  private UnreachableException(String message, boolean sent, Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  /// @param server its address
  static UnreachableException of(String server, Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      var words = words(server, one);
      if (words != null) {
        return new UnreachableException(words, false, failure);
      }
      if (one instanceof TimeoutException || one.getClass().getSimpleName().contains("Timeout")) {
        return new UnreachableException(
            "the API server " + server + " did not answer in time", true, failure);
      }
    }
    return new UnreachableException(
        "the connection to the API server " + server + " broke: " + failure, true, failure);
  }

  /// Null if it says nothing.
  private static @Nullable String words(String server, Throwable one) {
    return switch (one) {
      case SSLException tls -> tls(server, String.valueOf(tls.getMessage()));
      case UnknownHostException _ ->
          "nobody knows the host of the API server "
              + server
              + ": look at `server` of the kubeconfig, and at the DNS";
      case ConnectException _ ->
          "nobody answers at the API server " + server + ": is it running, and can it be reached?";
      default -> null;
    };
  }

  private static String tls(String server, String message) {
    return message.contains("PKIX") || message.contains("certificate")
        ? "the API server "
            + server
            + " shows a certificate that is not trusted here: look at `certificate-authority` of"
            + " the kubeconfig ("
            + message
            + ")"
        : "no TLS with the API server " + server + ": " + message;
  }

  /// Whether the request may have been carried out all the same.
  public boolean maybeDone() {
    return sent;
  }
}
