package dev.troupe.testkit.proxy;

/// One of the two ends of a connection through a proxy.
public enum LinkEnd {
  /// Who has connected to the proxy.
  CLIENT,
  /// Who the proxy connects to.
  TARGET;

  LinkEnd other() {
    return this == CLIENT ? TARGET : CLIENT;
  }
}
