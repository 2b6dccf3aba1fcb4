package dev.troupe.clusterconfig.certificates;

import java.security.cert.X509Certificate;

/// What TLS needs of one member. Each has keys of its own, for other members and for its API; what
/// all have in common is the authority, whose key none of them needs.
///
/// @param authority issued the others, and those of clients
/// @param server what its API shows
/// @param member what it shows other members
public record MemberCertificates(X509Certificate authority, Credential server, Credential member) {

  public String authorityPem() {
    return Pem.encode(authority);
  }
}
