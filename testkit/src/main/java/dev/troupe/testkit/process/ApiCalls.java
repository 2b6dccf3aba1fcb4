package dev.troupe.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Whoever asks one server, or one of several.
public interface ApiCalls {

  /// Sends a request.
  ///
  /// @throws UncheckedIOException if there is no answer
  Api.Answer send(String verb, String path, String body, String contentType);

  /// Opens a watch; the stream ends when the server ends it, or fails when the server dies.
  InputStream watch(String path) throws IOException;

  default Api.Answer get(String path) {
    return send("GET", path, "", "application/json");
  }

  default Api.Answer post(String path, String body) {
    return send("POST", path, body, "application/json");
  }

  default Api.Answer patch(String path, String mergePatch) {
    return send("PATCH", path, mergePatch, "application/merge-patch+json");
  }

  default Api.Answer delete(String path) {
    return send("DELETE", path, "", "application/json");
  }
}
