package dev.troupe.testkit.members.machine;

import java.util.ArrayList;
import java.util.List;

/// Drops packets by chance in a network namespace: by a program in the kernel's own language for
/// filters, which `tc` of iproute2 puts in the way of a device's packets. Not every kernel has the
/// emulator of bad networks; most have this.
public final class PacketFilter {

  private static final int MOST = 100;
  private static final int IP = 0x0800;

  private PacketFilter() {}

  /// Why it cannot be done here; empty if it can.
  ///
  /// @param place a network namespace to try it in
  public static String obstacle(String place) {
    var refused = tc(place, "qdisc", "add", "dev", "lo", "clsact");
    return refused.isEmpty() ? filter(place, "lo", "ingress", program(1, 0)) : refused;
  }

  /// From now on, in both directions.
  ///
  /// @param device in the namespace
  /// @param percent of packets that are lost
  /// @param spared the first three numbers of addresses whose packets are let through; as 10, 213
  ///   and 0 in one number
  /// @throws IllegalStateException if it cannot be done
  public static void begin(String place, String device, int percent, int spared) {
    end(place, device);
    var program = program(percent, spared);
    var failure = tc(place, "qdisc", "add", "dev", device, "clsact");
    for (var direction : List.of("ingress", "egress")) {
      failure = failure.isEmpty() ? filter(place, device, direction, program) : failure;
    }
    if (!failure.isEmpty()) {
      throw new IllegalStateException("packets cannot be lost: " + failure);
    }
  }

  /// Lets everything through again.
  public static void end(String place, String device) {
    var _ = tc(place, "qdisc", "delete", "dev", device, "clsact");
  }

  private static String filter(String place, String device, String direction, String program) {
    return tc(place, "filter", "add", "dev", device, direction, "bpf", "bytecode", program, "da");
  }

  private static String tc(String place, String... words) {
    var all = new ArrayList<>(List.of("tc", "-n", place));
    all.addAll(List.of(words));
    return ToolCommand.attempt(all.toArray(String[]::new));
  }

  /// Each instruction is its code, how many to skip if a comparison is true or false, and a number.
  /// What is no IP, or comes from or goes to spared addresses, is let through; of the rest, what
  /// chance spares.
  static String program(int percent, int spared) {
    long network = Integer.toUnsignedLong(spared << 8);
    return String.join(
        ",",
        "13",
        "40 0 0 12", // the kind of packet
        "21 0 10 " + IP,
        "32 0 0 26", // where it comes from
        "84 0 0 4294967040",
        "21 7 0 " + network,
        "32 0 0 30", // where it goes to
        "84 0 0 4294967040",
        "21 4 0 " + network,
        "32 0 0 4294963256", // a number that the kernel draws
        "148 0 0 " + MOST,
        "53 1 0 " + percent,
        "6 0 0 2", // drop it
        "6 0 0 4294967295"); // let it through
  }
}
