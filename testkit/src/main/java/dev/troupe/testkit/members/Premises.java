package dev.troupe.testkit.members;

import java.nio.file.Path;

/// What members need that are processes: a database, certificates, and a directory.
public interface Premises {

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
}
