package dev.troupe.clusterconfig.member;

import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.engine.StoreLocation;
import java.nio.file.Path;
import java.util.List;

/// What one member is told when it starts.
///
/// @param data where it keeps everything; used by no other process
/// @param port where its API is served on loopback; 0 for any free port
/// @param nodes how many worker nodes are simulated
/// @param store where events are kept
/// @param controllers jars with controllers that it runs beside those of Kubernetes
public record MemberSettings(
    Path data,
    int port,
    int nodes,
    MemberCertificates certificates,
    StoreLocation store,
    List<Path> controllers) {

  public MemberSettings {
    controllers = List.copyOf(controllers);
  }

  /// The same without more controllers.
  public MemberSettings(
      Path data, int port, int nodes, MemberCertificates certificates, StoreLocation store) {
    this(data, port, nodes, certificates, store, List.of());
  }
}
