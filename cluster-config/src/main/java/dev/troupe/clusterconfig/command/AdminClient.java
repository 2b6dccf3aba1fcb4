package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.MutualTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Asks a member's API as the administrator.
final class AdminClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How much of an error is shown.
  private static final int MOST_REASON = 1_000;

  private final String server;
  private final HttpClient http;

  AdminClient(String server, ClusterCertificates certificates) {
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .sslContext(MutualTls.context(certificates.admin(), certificates.authority()))
            .connectTimeout(PATIENCE)
            .build();
  }

  /// An answer with its code.
  record Answer(int code, String body) {}

  /// Empty if nobody answers.
  Optional<Answer> get(String path, String accept) {
    return send(request(path).header("Accept", accept).GET());
  }

  Optional<Answer> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /// The body of an answer, bit by bit.
  ///
  /// @throws CommandFailedException if it is refused
  /// @throws IOException if nobody answers
  InputStream download(String path) throws IOException {
    try {
      var response = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (var body = response.body()) {
          var reason = new String(body.readNBytes(MOST_REASON), StandardCharsets.UTF_8);
          throw new CommandFailedException(
              server + path + " answered " + response.statusCode() + ": " + reason);
        }
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + server + " was waited for");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE);
  }

  private Optional<Answer> send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return Optional.of(new Answer(response.statusCode(), response.body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
