package dev.troupe.clusterconfig.command.client;

import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.MutualTls;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.instance.Instance;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks a member's API as the administrator.
public final class AdminClient implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How much of an error is shown.
  private static final int MOST_REASON = 1_000;

  private final String server;
  private final HttpClient http;

  private final Duration patience;

  /// @param patience after this whoever has not answered wholly does not answer
  public AdminClient(String server, ClusterCertificates certificates, Duration patience) {
    this(server, certificates, patience, HttpClient.Version.HTTP_2);
  }

  private AdminClient(
      String server,
      ClusterCertificates certificates,
      Duration patience,
      HttpClient.Version version) {
    this(
        server,
        HttpClient.newBuilder()
            .version(version)
            .sslContext(MutualTls.context(certificates.admin(), certificates.authority()))
            .connectTimeout(patience)
            .build(),
        patience);
  }

  private AdminClient(String server, HttpClient http, Duration patience) {
    this.server = server;
    this.http = http;
    this.patience = patience;
  }

  /// The same for another member. Closing either closes both.
  public AdminClient at(String otherServer) {
    return new AdminClient(otherServer, http, patience);
  }

  /// One that speaks HTTP/1.1, as older clients do.
  public static AdminClient withHttp1(
      String server, ClusterCertificates certificates, Duration patience) {
    return new AdminClient(server, certificates, patience, HttpClient.Version.HTTP_1_1);
  }

  /// A client of the instance; empty as long as it has not written where it serves and to whom.
  public static Optional<AdminClient> of(DataDirectory data, Instance instance, Duration patience) {
    return instance.server().flatMap(server -> of(data, server, patience));
  }

  /// The same of whoever serves at an address; empty as long as there are no certificates.
  public static Optional<AdminClient> of(DataDirectory data, String server, Duration patience) {
    return data.authority()
        .read()
        .map(certificates -> new AdminClient(server, certificates, patience));
  }

  /// An answer with its code.
  public record Answer(int code, String body) {}

  /// Empty if nobody answers.
  public Optional<Answer> get(String path, String accept) {
    return ask(path, accept).join();
  }

  /// The same without waiting.
  public CompletableFuture<Optional<Answer>> ask(String path, String accept) {
    return send(request(path).header("Accept", accept).GET());
  }

  /// Any request with a body.
  public Optional<Answer> send(String method, String path, String contentType, String body) {
    return send(request(path)
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body)))
        .join();
  }

  /// The body of an answer, bit by bit.
  ///
  /// @throws CommandFailedException if it is refused
  /// @throws IOException if nobody answers
  public InputStream download(String path) throws IOException {
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
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(patience);
  }

  /// The request's own time is over with the first line of an answer, of which more may be missing.
  private CompletableFuture<Optional<Answer>> send(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(response -> Optional.of(new Answer(response.statusCode(), response.body())))
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> Optional.empty());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
