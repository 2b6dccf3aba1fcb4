package dev.troupe.clusterconfig.certificates;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate and the private key that belongs to it.
public record Credential(X509Certificate certificate, PrivateKey key) {

  private static final byte[] PROBE = {42};

  public String certificatePem() {
    return Pem.encode(certificate);
  }

  public String keyPem() {
    return Pem.encode(key);
  }

  boolean expiresBefore(Instant instant) {
    return certificate.getNotAfter().toInstant().isBefore(instant);
  }

  /// Whether `authority` issued this certificate and it is intact.
  boolean isIssuedBy(X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Whether what the key signs is what the certificate vouches for.
  boolean keyMatchesCertificate() {
    try {
      var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      var signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
