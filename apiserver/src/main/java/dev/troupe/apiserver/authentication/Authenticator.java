package dev.troupe.apiserver.authentication;

import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.security.cert.X509Certificate;
import java.util.List;

/// Finds out who is calling, from the credentials of a request.
public final class Authenticator {

  private final CertificateAuthenticator certificates;

  public Authenticator(CertificateAuthenticator certificates) {
    this.certificates = certificates;
  }

  /// @param chain the client's certificates; empty if it has shown none
  /// @throws RefusedException with 401 if the certificate is not valid
  public User byCertificate(List<X509Certificate> chain) {
    return chain.isEmpty() ? User.ANONYMOUS : certificates.authenticate(chain);
  }

  /// Who is calling, given who the connection belongs to. No tokens are known yet, so every one is
  /// refused, unless a certificate tells who it is.
  ///
  /// @param authorization the header of that name, or an empty string
  public User byRequest(User connection, String authorization) {
    if (connection.anonymous() && !authorization.isEmpty()) {
      throw new RefusedException(Refusals.unauthorized());
    }
    return connection;
  }
}
