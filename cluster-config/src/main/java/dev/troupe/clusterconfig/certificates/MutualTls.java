package dev.troupe.clusterconfig.certificates;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS in which one shows a credential and accepts what the authority issued, and nothing else.
public final class MutualTls {

  private static final char[] NO_PASSWORD = {};

  private MutualTls() {}

  public static SSLContext context(Credential own, Credential authority) {
    return context(own, authority.certificate(), UnaryOperator.identity());
  }

  /// Between members: whoever is connected to shows the certificate of a member at that host,
  /// whoever connects that of a member.
  ///
  /// @param refused is told of each that is not let in what is wrong with it
  public static SSLContext ofMember(MemberCertificates certificates, Consumer<String> refused) {
    var authority = certificates.authority();
    return context(
        certificates.member(), authority, chain -> new MemberTrust(chain, authority, refused));
  }

  private static SSLContext context(
      Credential own, X509Certificate authority, UnaryOperator<X509ExtendedTrustManager> more) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(keyStore(own, authority), NO_PASSWORD);
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trustStore(authority));
      var chain = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {more.apply(chain)}, null);
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
