package dev.troupe.controllerhost.connection;

import java.nio.charset.StandardCharsets;

/// One HTTP request to an API server.
///
/// @param path with the query, below the address of the server
/// @param contentType empty if nothing is sent
public record RemoteCall(String method, String path, String contentType, byte[] body) {

  private static final byte[] NOTHING = {};

  public static RemoteCall get(String path) {
    return new RemoteCall("GET", path, "", NOTHING);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
