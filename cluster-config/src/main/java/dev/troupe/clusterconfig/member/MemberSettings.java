package dev.troupe.clusterconfig.member;

import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.engine.StoreLocation;
import java.nio.file.Path;

/// What one member is told when it starts.
///
/// @param data where it keeps everything; used by no other process
/// @param port where its API is served on loopback; 0 for any free port
/// @param nodes how many worker nodes are simulated
/// @param store where events are kept
public record MemberSettings(
    Path data, int port, int nodes, MemberCertificates certificates, StoreLocation store) {}
