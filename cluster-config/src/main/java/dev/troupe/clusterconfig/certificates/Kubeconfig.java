package dev.troupe.clusterconfig.certificates;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// What kubectl needs to reach a cluster: one file that refers to no other.
public record Kubeconfig(String server, ClusterCertificates certificates) {

  public void write(Path file) {
    PrivateFile.write(file, yaml());
  }

  String yaml() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: troupe
      cluster:
        server: %s
        certificate-authority-data: %s
    contexts:
    - name: troupe
      context:
        cluster: troupe
        user: kubernetes-admin
    current-context: troupe
    users:
    - name: kubernetes-admin
      user:
        client-certificate-data: %s
        client-key-data: %s
    """
        .formatted(
            server,
            data(certificates.authority().certificatePem()),
            data(certificates.admin().certificatePem()),
            data(certificates.admin().keyPem()));
  }

  private static String data(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
