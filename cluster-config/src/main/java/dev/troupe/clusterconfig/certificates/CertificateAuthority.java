package dev.troupe.clusterconfig.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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
    var name = new X500Name("CN=troupe-ca-" + now.getEpochSecond());
    var builder = builder(name, name, keys, now, AUTHORITY_LIFE, random);
    try {
      var identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(keys.getPublic()));
      return sign(builder, keys, keys.getPrivate());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot build a certificate", e);
    }
  }

  /// A certificate that a server shows, valid for DNS names and IP addresses.
  Credential issueServer(
      String commonName, List<String> names, List<String> addresses, Instant now) {
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    var purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
    var all =
        Stream.concat(
                names.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
            .toList();
    return issue(subject, newKeys(random), purpose, all, now);
  }

  /// A certificate that both ends of a connection show: members accept those of their own name.
  Credential issuePeer(String name, Instant now) {
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    var purposes =
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    var names = List.of(new GeneralName(GeneralName.dNSName, name));
    return issue(subject, newKeys(random), purposes, names, now);
  }

  /// A certificate that a client shows: `user` is its name, `group` what it may be judged by.
  ///
  /// Its key is RSA, since Java clients read elliptic ones only with further libraries.
  Credential issueClient(String user, String group, Instant now) {
    var subject = new X500NameBuilder().addRDN(BCStyle.O, group).addRDN(BCStyle.CN, user).build();
    var purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
    return issue(subject, newRsaKeys(random), purpose, List.of(), now);
  }

  private Credential issue(
      X500Name subject,
      KeyPair keys,
      ExtendedKeyUsage purposes,
      List<GeneralName> names,
      Instant now) {
    var issuer = X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded());
    var builder = builder(issuer, subject, keys, now, CERTIFICATE_LIFE, random);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(self.certificate()));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return sign(builder, keys, self.key());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot build a certificate for " + subject, e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      KeyPair keys,
      Instant now,
      Duration life,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(126, random).setBit(126),
        Date.from(now.minus(CLOCK_DIFFERENCE)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static Credential sign(
      X509v3CertificateBuilder builder, KeyPair keys, PrivateKey signingKey)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signingKey);
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Credential(certificate, keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
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
