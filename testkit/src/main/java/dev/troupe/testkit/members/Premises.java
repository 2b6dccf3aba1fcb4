package dev.troupe.testkit.members;

import java.nio.file.Path;

/// What members need that are processes: a database, certificates, and a directory.
public interface Premises extends AutoCloseable {

  /// Where everything is.
  Path directory();

  /// The JDBC URL of the database, on a port of this machine's loopback.
  String storeUrl();

  String storeUser();

  Path storePasswordFile();

  /// Issues the certificates of a member.
  void certificates(String member, String host, Path target);

  /// Writes a kubeconfig of an administrator for a server.
  void kubeconfig(String server, Path target);

  /// Ends the database in an orderly way, and returns when it is gone; members are not told.
  void stopDatabase();

  /// Returns when the database takes connections again.
  void startDatabase();

  /// Ends all sessions that members have with the database, which goes on.
  void endSessions();

  /// Ends the database.
  @Override
  void close();
}
