package dev.troupe.testkit.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bare API, with the credentials of a kubeconfig: for tests that must see every answer as it
/// is.
public final class Api implements ApiCalls {

  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PROGRAM = "troupe-testkit";

  private final HttpClient http;
  private final SSLContext tls;
  private final String server;

  private final Duration patience;
  private final String userAgent;

  private Api(HttpClient http, SSLContext tls, String server, Duration patience, String userAgent) {
    this.http = http;
    this.tls = tls;
    this.server = server;
    this.patience = patience;
    this.userAgent = userAgent;
  }

  /// The same for whoever waits for another time than half a minute for each answer.
  public Api waiting(Duration longest) {
    return new Api(http, tls, server, longest, userAgent);
  }

  /// The same by another program.
  public Api called(String program) {
    return new Api(http, tls, server, patience, program);
  }

  public static Api from(Path kubeconfig) {
    return from(kubeconfig, HttpClient.Version.HTTP_1_1);
  }

  /// All requests share one connection, as those of kubectl and client-go do.
  public static Api overOneConnection(Path kubeconfig) {
    return from(kubeconfig, HttpClient.Version.HTTP_2);
  }

  /// The same by way of another address, as of a proxy.
  public static Api overOneConnection(Path kubeconfig, InetSocketAddress at) {
    var direct = overOneConnection(kubeconfig);
    return new Api(
        direct.http,
        direct.tls,
        "https://%s:%d".formatted(at.getHostString(), at.getPort()),
        direct.patience,
        direct.userAgent);
  }

  private static Api from(Path kubeconfig, HttpClient.Version version) {
    var tls = tls(credentials(kubeconfig));
    var http =
        HttpClient.newBuilder()
            .version(version)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(tls)
            .build();
    return new Api(http, tls, server(kubeconfig), PATIENCE, PROGRAM);
  }

  /// The authority, and the client's certificate and key, as PEM.
  public record Credentials(byte[] authority, byte[] certificate, byte[] key) {}

  public static Credentials credentials(Path kubeconfig) {
    try {
      var text = Files.readString(kubeconfig);
      return new Credentials(
          decoded(text, "certificate-authority-data"),
          decoded(text, "client-certificate-data"),
          decoded(text, "client-key-data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The address in a kubeconfig.
  public static String server(Path kubeconfig) {
    try {
      return value(Files.readString(kubeconfig), "server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A watch that did not begin, because the server said so.
  public static final class RefusedWatchException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final int code;

    private RefusedWatchException(int code, String text) {
      super("watch answered " + code + ": " + text);
      this.code = code;
    }

    /// Whether it may be asked again later.
    public boolean isForNow() {
      return code == 429 || code >= 500;
    }

    /// Whether what it asks for is gone.
    public boolean isExpired() {
      return code == 410;
    }
  }

  /// An answer with its code; a body that is not JSON is a text.
  public record Answer(int code, JsonNode body) {}

  public boolean isReady() {
    try {
      return send("GET", "/readyz", "", "application/json").code() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Override
  public Answer send(String verb, String path, String body, String contentType) {
    return send(verb, path, body, contentType, "*/*");
  }

  /// The same for whoever accepts only some media types.
  public Answer send(String verb, String path, String body, String contentType, String accept) {
    return send(verb, path, body, contentType, accept, patience);
  }

  /// Reads for whoever does not wait long.
  public Answer get(String path, Duration patience) {
    return send("GET", path, "", "application/json", "*/*", patience);
  }

  private Answer send(
      String verb, String path, String body, String contentType, String accept, Duration patience) {
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(patience)
            .header("Content-Type", contentType)
            .header("Accept", accept)
            .header("User-Agent", userAgent)
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), parse(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InputStream watch(String path) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(server + path)).build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        var text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        throw new RefusedWatchException(response.statusCode(), text);
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A bare connection with the credentials, on which anything can be said.
  public Socket connect() throws IOException {
    var address = URI.create(server);
    return tls.getSocketFactory().createSocket(address.getHost(), address.getPort());
  }

  private static JsonNode parse(String body) {
    return body.startsWith("{") ? JSON.readTree(body) : JSON.getNodeFactory().stringNode(body);
  }

  private static String value(String kubeconfig, String key) {
    var matcher = Pattern.compile(Pattern.quote(key) + ":\\s*\"?([^\\s\"]+)").matcher(kubeconfig);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + key + " in the kubeconfig");
    }
    return matcher.group(1);
  }

  private static byte[] decoded(String kubeconfig, String key) {
    return Base64.getDecoder().decode(value(kubeconfig, key));
  }

  private static SSLContext tls(Credentials credentials) {
    try {
      var trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", certificate(credentials.authority()));
      var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(trust);
      var own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      var pem =
          new String(credentials.key(), StandardCharsets.US_ASCII)
              .replaceAll("-----[^-]+-----|\\s", "");
      var privateKey =
          KeyFactory.getInstance(
                  certificate(credentials.certificate()).getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
      own.setKeyEntry(
          "client",
          privateKey,
          new char[0],
          new Certificate[] {certificate(credentials.certificate())});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate certificate(byte[] pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem));
  }
}
