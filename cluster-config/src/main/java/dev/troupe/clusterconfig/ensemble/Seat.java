package dev.troupe.clusterconfig.ensemble;

import java.util.List;

/// The place of a member on this machine.
///
/// @param name of the member
/// @param apiPort where it serves the API
/// @param port where other members speak to it
/// @param probePort where others notice that it is there
public record Seat(String name, int apiPort, int port, int probePort) {

  private static final String PREFIX = "member-";

  /// What the member with a number is called.
  public static String name(int number) {
    return PREFIX + number;
  }

  List<Integer> ports() {
    return List.of(apiPort, port, probePort);
  }

  /// Where its API is.
  public String server() {
    return "https://127.0.0.1:" + apiPort;
  }
}
