package dev.troupe.controllers.simulation;

/// IPv4 addresses as numbers.
final class Addresses {

  private Addresses() {}

  static int parse(String address) {
    int parsed = 0;
    for (var part : address.split("\\.")) {
      parsed = (parsed << 8) | Integer.parseInt(part);
    }
    return parsed;
  }

  static String format(int address) {
    return (address >>> 24)
        + "."
        + ((address >>> 16) & 255)
        + "."
        + ((address >>> 8) & 255)
        + "."
        + (address & 255);
  }
}
