package dev.troupe.clusterconfig.certificates;

/// Everything that TLS needs in one cluster.
///
/// @param authority issued the two others; its key stays on this machine
/// @param server what the API server shows
/// @param admin what the administrator's kubectl shows
public record ClusterCertificates(Credential authority, Credential server, Credential admin) {}
