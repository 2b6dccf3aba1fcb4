package dev.troupe.clusterconfig.certificates;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS in which one shows a credential and accepts what the authority issued, and nothing else.
public final class MutualTls {

  private static final char[] NO_PASSWORD = {};

  private MutualTls() {}

  public static SSLContext context(Credential own, Credential authority) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(keyStore(own, authority.certificate()), NO_PASSWORD);
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trustStore(authority.certificate()));
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot use a certificate of ours", e);
    }
  }

  private static KeyStore keyStore(Credential own, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    var store = emptyStore();
    store.setKeyEntry(
        "own", own.key(), NO_PASSWORD, new Certificate[] {own.certificate(), authority});
    return store;
  }

  private static KeyStore trustStore(X509Certificate authority)
      throws GeneralSecurityException, IOException {
    var store = emptyStore();
    store.setCertificateEntry("authority", authority);
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
