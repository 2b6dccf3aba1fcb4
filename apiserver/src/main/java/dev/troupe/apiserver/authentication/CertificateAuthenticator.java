package dev.troupe.apiserver.authentication;

import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Knows users by client certificates: the common name is the user, organizations are groups.
public final class CertificateAuthenticator {

  private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

  private final X509TrustManager trust;

  private CertificateAuthenticator(X509TrustManager trust) {
    this.trust = trust;
  }

  /// @param authorities one or more certificates in PEM
  public static CertificateAuthenticator trusting(String authorities) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var factory = CertificateFactory.getInstance("X.509");
      var bytes = new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII));
      int count = 0;
      for (var authority : factory.generateCertificates(bytes)) {
        store.setCertificateEntry("ca-" + count++, authority);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return new CertificateAuthenticator((X509TrustManager) trust.getTrustManagers()[0]);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the client certificate authority cannot be read", e);
    }
  }

  /// The authorities whose certificates are accepted.
  public List<X509Certificate> authorities() {
    return List.of(trust.getAcceptedIssuers());
  }

  /// @param chain as the client sent it, its own certificate first
  /// @throws RefusedException with 401 if the certificate is not valid for a client
  public User authenticate(List<X509Certificate> chain) {
    X509Certificate certificate = chain.getFirst();
    try {
      trust.checkClientTrusted(
          chain.toArray(X509Certificate[]::new), certificate.getPublicKey().getAlgorithm());
      return user(certificate);
    } catch (GeneralSecurityException | NamingException | IllegalArgumentException _) {
      throw new RefusedException(Refusals.unauthorized());
    }
  }

  private static User user(X509Certificate certificate)
      throws NamingException, GeneralSecurityException {
    String name = "";
    var groups = new ArrayList<String>();
    for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
      for (var attributes = part.toAttributes().getAll(); attributes.hasMore(); ) {
        var attribute = attributes.next();
        if (!(attribute.get() instanceof String value)) {
          throw new InvalidNameException("not a text");
        }
        switch (attribute.getID()) {
          case "CN" -> name = value;
          case "O" -> groups.add(value);
          default -> {}
        }
      }
    }
    if (name.isEmpty()) {
      throw new CertificateException("the subject has no common name");
    }
    groups.add(User.AUTHENTICATED);
    var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return new User(
        name,
        groups,
        Map.of(CREDENTIAL, List.of("X509SHA256=" + HexFormat.of().formatHex(digest))));
  }
}
