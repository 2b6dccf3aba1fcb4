package dev.troupe.apiserver.wire;

import io.vertx.core.net.OpenSSLEngineOptions;

/// The native library for TLS, if there is one for this platform: it takes less processor time than
/// the JDK's engine, which is used where there is none.
public final class NativeTls {

  private static final boolean THERE =
      OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable();

  private NativeTls() {}

  public static boolean isThere() {
    return THERE;
  }
}
