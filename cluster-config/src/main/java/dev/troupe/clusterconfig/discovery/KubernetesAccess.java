package dev.troupe.clusterconfig.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// How a pod reaches the API of the cluster that it runs in: by its service account.
///
/// @param account the directory that is mounted for it: token, authority and namespace
record KubernetesAccess(URI server, HttpClient client, Path account) {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// That of this pod.
  ///
  /// @throws LookupFailedException if this is no pod, or has no service account
  static KubernetesAccess ofThisPod(Map<String, String> environment) {
    return of(environment, ACCOUNT);
  }

  static KubernetesAccess of(Map<String, String> environment, Path account) {
    var host = environment.get("KUBERNETES_SERVICE_HOST");
    var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host == null) {
      throw new LookupFailedException(
          "this is no pod: KUBERNETES_SERVICE_HOST is not set; members are found otherwise here",
          null);
    }
    var server =
        URI.create("https://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .sslContext(trusting(account.resolve("ca.crt")))
            .build();
    return new KubernetesAccess(server, client, account);
  }

  /// It is renewed while this runs.
  String token() throws IOException {
    return Files.readString(account.resolve("token")).strip();
  }

  /// In which this pod is.
  String namespace() {
    var file = account.resolve("namespace");
    try {
      return Files.readString(file).strip();
    } catch (IOException missing) {
      throw new LookupFailedException(
          file + " cannot be read: this pod has no service account", missing);
    }
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream in = Files.newInputStream(authority)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unfit) {
      throw new LookupFailedException(
          authority + " cannot be read: this pod has no service account", unfit);
    }
  }
}
