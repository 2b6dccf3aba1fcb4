package dev.troupe.clusterconfig.command;

/// A subcommand that another module brings, found as a service: it is listed when that module is
/// there. The class carries picocli's annotations.
public interface Subcommand {}
