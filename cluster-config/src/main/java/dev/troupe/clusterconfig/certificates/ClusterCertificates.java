package dev.troupe.clusterconfig.certificates;

/// Everything that TLS needs in one cluster.
///
/// @param authority issued all others; its key stays on this machine
/// @param server what the API server shows
/// @param admin what the administrator's kubectl shows
/// @param member what members show each other; their traffic is closed to everybody else
public record ClusterCertificates(
    Credential authority, Credential server, Credential admin, Credential member) {}
