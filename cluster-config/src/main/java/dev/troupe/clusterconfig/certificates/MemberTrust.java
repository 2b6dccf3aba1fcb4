package dev.troupe.clusterconfig.certificates;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts the certificates of members and no others, and says of each that it refuses what is
/// wrong with it and what to do: the other end only ever sees that the handshake failed.
final class MemberTrust extends X509ExtendedTrustManager {

  private static final Logger LOG = LoggerFactory.getLogger(MemberTrust.class);

  /// A member that is refused comes back every second.
  private static final int REMEMBERED = 100;

  private static final String ISSUE =
      "; issue one where the cluster's authority is, with `troupe certificate NAME --host HOST`";

  private final X509ExtendedTrustManager chain;
  private final X509Certificate authority;
  private final Consumer<String> refused;
  private final Set<String> told =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /// @param chain accepts what the authority has issued, for the host that is asked for
  /// @param refused is told each sentence
  MemberTrust(X509ExtendedTrustManager chain, X509Certificate authority, Consumer<String> refused) {
    this.chain = chain;
    this.authority = authority;
    this.refused = refused;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String kind, SSLEngine engine)
      throws CertificateException {
    var place = "the member at " + engine.getPeerHost();
    try {
      chain.checkServerTrusted(shown, kind, engine);
    } catch (CertificateException refused) {
      throw told(place + " shows " + reason(shown[0], engine.getPeerHost(), refused), refused);
    }
    requireMember(place, shown[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String kind, SSLEngine engine)
      throws CertificateException {
    var place = "whoever connects as a member";
    try {
      chain.checkClientTrusted(shown, kind, engine);
    } catch (CertificateException refused) {
      throw told(place + " shows " + reason(shown[0], null, refused), refused);
    }
    requireMember(place, shown[0]);
  }

  private void requireMember(String place, X509Certificate shown) throws CertificateException {
    if (!MemberName.isOf(shown)) {
      throw told(place + " shows the certificate of " + name(shown) + ", who is no member", null);
    }
  }

  /// @param host that the certificate should be for; null if it is not asked
  private String reason(
      X509Certificate shown, @Nullable String host, CertificateException refused) {
    var what = "a certificate, " + name(shown) + ", ";
    try {
      shown.checkValidity();
    } catch (CertificateExpiredException late) {
      return what
          + "that ended at "
          + shown.getNotAfter().toInstant()
          + ": a start renews it, or `troupe certificate`; or its clock is wrong";
    } catch (CertificateNotYetValidException early) {
      return what
          + "that begins only at "
          + shown.getNotBefore().toInstant()
          + ": synchronise the clocks";
    }
    try {
      shown.verify(authority.getPublicKey());
    } catch (GeneralSecurityException other) {
      return what
          + "that another authority has issued, "
          + shown.getIssuerX500Principal().getName()
          + ": it is of another cluster"
          + ISSUE;
    }
    return host == null || MemberName.hosts(shown).contains(host)
        ? what + "that is no member's: " + refused.getMessage() + ISSUE
        : what + "that is valid for " + MemberName.hosts(shown) + " and not for " + host + ISSUE;
  }

  private static String name(X509Certificate shown) {
    return shown.getSubjectX500Principal().getName();
  }

  private CertificateException told(String sentence, @Nullable CertificateException cause) {
    refused.accept(sentence);
    if (told.add(sentence)) {
      LOG.warn("refused: {}", sentence);
    }
    return new CertificateException(sentence, cause);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String kind, Socket socket) {
    throw new UnsupportedOperationException("members speak through engines");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String kind, Socket socket) {
    throw new UnsupportedOperationException("members speak through engines");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String kind) {
    throw new UnsupportedOperationException("members speak through engines");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String kind) {
    throw new UnsupportedOperationException("members speak through engines");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chain.getAcceptedIssuers();
  }
}
