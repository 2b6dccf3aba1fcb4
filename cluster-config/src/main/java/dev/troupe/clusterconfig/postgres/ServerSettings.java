package dev.troupe.clusterconfig.postgres;

/// What a server of ours is told, whatever else its configuration says: it serves this machine
/// only, and what it has acknowledged is on disk.
///
/// @param port on loopback
record ServerSettings(int port) {

  /// Who may do nothing but own the one database; the server's administrator cannot log in at all.
  static final String USER = "troupe";

  static final String DATABASE = "troupe";

  static final String ADDRESS = "127.0.0.1";

  /// The lines of a configuration file; the last word counts, so it is read last.
  String text() {
    return """
    # Written anew at each start.
    listen_addresses = '%s'
    port = %d
    unix_socket_directories = ''
    ssl = off
    password_encryption = 'scram-sha-256'
    max_connections = 200
    fsync = on
    full_page_writes = on
    synchronous_commit = on
    synchronous_standby_names = ''
    logging_collector = off
    log_destination = 'stderr'
    log_checkpoints = off
    """
        .formatted(ADDRESS, port);
  }

  /// Who is let in: nobody else, from nowhere else.
  static String admissions() {
    return "host %s %s %s/32 scram-sha-256\n".formatted(DATABASE, USER, ADDRESS);
  }

  String url() {
    return "jdbc:postgresql://%s:%d/%s".formatted(ADDRESS, port, DATABASE);
  }
}
