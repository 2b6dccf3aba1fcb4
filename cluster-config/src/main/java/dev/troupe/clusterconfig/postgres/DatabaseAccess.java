package dev.troupe.clusterconfig.postgres;

import java.nio.file.Path;

/// How a database is reached.
///
/// @param url of JDBC, without anything secret
/// @param passwordFile readable by its owner only
public record DatabaseAccess(String url, String user, Path passwordFile) {}
