package dev.troupe.clusterconfig.certificates;

import java.util.function.Supplier;

/// Everything that TLS needs in one cluster.
///
/// @param authority issued all others; its key stays on this machine
/// @param server what the API server shows
/// @param administrator what the administrator's kubectl shows, as soon as it is there
/// @param member what members show each other; their traffic is closed to everybody else
public record ClusterCertificates(
    Credential authority,
    Credential server,
    Supplier<Credential> administrator,
    Credential member) {

  /// What the administrator's kubectl shows. Waits until it has been made.
  ///
  /// @throws RuntimeException whatever making it failed with
  public Credential admin() {
    return administrator.get();
  }

  /// What the one member needs that is where the authority is.
  public MemberCertificates ofMember() {
    return new MemberCertificates(authority.certificate(), server, member);
  }
}
