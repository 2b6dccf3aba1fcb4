package dev.troupe.clusterconfig.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.X500;
import org.wildfly.security.x500.cert.AuthorityKeyIdentifierExtension;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.ExtendedKeyUsageExtension;
import org.wildfly.security.x500.cert.KeyUsage;
import org.wildfly.security.x500.cert.KeyUsageExtension;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;
import org.wildfly.security.x500.cert.SubjectKeyIdentifierExtension;
import org.wildfly.security.x500.cert.X509CertificateBuilder;
import org.wildfly.security.x500.cert.util.KeyUtil;

/// Issues the certificates of one cluster: on the curve P-256, but for clients, which get RSA.
final class CertificateAuthority {

  static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  static final Duration CERTIFICATE_LIFE = Duration.ofDays(365);

  private static final int RSA_BITS = 2048;

  /// Certificates are valid a little before they are made: clocks of clients differ.
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final Credential self;
  private final SecureRandom random;

  CertificateAuthority(Credential self, SecureRandom random) {
    this.self = self;
    this.random = random;
  }

  static Credential create(Instant now, SecureRandom random) {
    var keys = newKeys(random);
    // The time makes the name unique: clients pick an issuer by name, also after a renewal.
    var name = name("CN", "troupe-ca-" + now.getEpochSecond());
    var builder =
        builder(name, keys, now, AUTHORITY_LIFE, random)
            .addExtension(new BasicConstraintsExtension(true, true, 0))
            .addExtension(
                new KeyUsageExtension(true, KeyUsage.keyCertSign, KeyUsage.digitalSignature))
            .addExtension(
                new SubjectKeyIdentifierExtension(KeyUtil.getKeyIdentifier(keys.getPublic())));
    return sign(builder.setIssuerDn(name), keys.getPrivate(), keys);
  }

  /// A certificate that a server shows, valid for DNS names and IP addresses.
  Credential issueServer(String commonName, List<? extends GeneralName> alternatives, Instant now) {
    return issue(
        name("CN", commonName),
        newKeys(random),
        List.of(X500.OID_KP_SERVER_AUTH),
        alternatives,
        now);
  }

  /// A certificate that a member shows, whichever end of a connection it is.
  Credential issueMember(MemberName member, Instant now) {
    var purposes = List.of(X500.OID_KP_SERVER_AUTH, X500.OID_KP_CLIENT_AUTH);
    var subject = name("CN", member.name(), "O", MemberName.ORGANIZATION);
    return issue(subject, newKeys(random), purposes, member.alternatives(), now);
  }

  /// A certificate that a client shows: `user` is its name, `group` what it may be judged by.
  ///
  /// Its key is RSA, since Java clients read elliptic ones only with further libraries.
  Credential issueClient(String user, String group, Instant now) {
    return issue(
        name("CN", user, "O", group),
        newRsaKeys(random),
        List.of(X500.OID_KP_CLIENT_AUTH),
        List.of(),
        now);
  }

  /// @param parts types and values in turn, the most specific first as RFC 4514 writes them
  private static X500Principal name(String... parts) {
    var name = new StringJoiner(",");
    for (int i = 0; i < parts.length; i += 2) {
      name.add(parts[i] + "=" + Rdn.escapeValue(parts[i + 1]));
    }
    return new X500Principal(name.toString());
  }

  private Credential issue(
      X500Principal subject,
      KeyPair keys,
      List<String> purposes,
      List<? extends GeneralName> names,
      Instant now) {
    var authority = self.certificate();
    var builder =
        builder(subject, keys, now, CERTIFICATE_LIFE, random)
            .setIssuerDn(authority.getSubjectX500Principal())
            .addExtension(new BasicConstraintsExtension(true, false, -1))
            .addExtension(new KeyUsageExtension(true, KeyUsage.digitalSignature))
            .addExtension(new ExtendedKeyUsageExtension(false, purposes))
            .addExtension(
                new AuthorityKeyIdentifierExtension(
                    KeyUtil.getKeyIdentifier(authority.getPublicKey()), null, null));
    if (!names.isEmpty()) {
      builder.addExtension(new SubjectAlternativeNamesExtension(false, List.copyOf(names)));
    }
    return sign(builder, self.key(), keys);
  }

  private static X509CertificateBuilder builder(
      X500Principal subject, KeyPair keys, Instant now, Duration life, SecureRandom random) {
    return new X509CertificateBuilder()
        .setSerialNumber(new BigInteger(126, random).setBit(126))
        .setSubjectDn(subject)
        .setNotValidBefore(now.minus(CLOCK_DIFFERENCE).atZone(ZoneOffset.UTC))
        .setNotValidAfter(now.plus(life).atZone(ZoneOffset.UTC))
        .setPublicKey(keys.getPublic());
  }

  private static Credential sign(
      X509CertificateBuilder builder, PrivateKey signingKey, KeyPair keys) {
    try {
      var certificate =
          builder.setSignatureAlgorithmName("SHA256withECDSA").setSigningKey(signingKey).build();
      return new Credential(certificate, keys.getPrivate());
    } catch (CertificateException e) {
      throw new IllegalStateException(
          "cannot build a certificate for " + builder.getSubjectDn(), e);
    }
  }

  private static KeyPair newKeys(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  private static KeyPair newRsaKeys(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no RSA", e);
    }
  }
}
