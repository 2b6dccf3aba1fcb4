package dev.troupe.controllerhost.connection;

/// What an API server answered.
///
/// @param retryAfterSeconds when it wants to be asked again; 0 if it does not say
public record RemoteAnswer(int code, byte[] body, int retryAfterSeconds) {

  private static final int OK = 200;
  private static final int REDIRECTS = 300;

  public boolean isGood() {
    return code >= OK && code < REDIRECTS;
  }
}
