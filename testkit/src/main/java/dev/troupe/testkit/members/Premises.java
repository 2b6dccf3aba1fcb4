package dev.troupe.testkit.members;

import java.nio.file.Path;
import java.util.Optional;

/// What members need that are processes: a database, certificates, and a directory.
public interface Premises extends AutoCloseable {

  String NO_STANDBY = "this database has no standby";

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

  /// The word of a standby's command line that no other process has.
  default String standbyWord() {
    throw new UnsupportedOperationException(NO_STANDBY);
  }

  /// Gives the database a standby, without which nothing is acknowledged from then on. It is only
  /// done while nobody uses the database.
  default void startStandby() {
    throw new UnsupportedOperationException(NO_STANDBY);
  }

  /// Whether there is a standby that has not taken over.
  default boolean hasStandby() {
    return false;
  }

  /// Lets the standby take over from a database that is gone: from then on it is the database.
  default void promoteStandby() {
    throw new UnsupportedOperationException(NO_STANDBY);
  }

  /// The word of the standby, once it has taken over.
  default Optional<String> promotedWord() {
    return Optional.empty();
  }

  /// Ends the database.
  @Override
  void close();
}
