package dev.troupe.testkit.members.machine;

import java.util.ArrayList;
import java.util.List;

/// The `ip` of iproute2.
public final class IpCommand {

  private IpCommand() {}

  /// @throws IllegalStateException if it fails, with what it says
  public static void run(String... words) {
    ToolCommand.run(ip(words));
  }

  /// @param place a network namespace; empty for that of this process
  public static void in(String place, String... words) {
    var all = new ArrayList<String>();
    if (!place.isEmpty()) {
      all.addAll(List.of("-n", place));
    }
    all.addAll(List.of(words));
    run(all.toArray(String[]::new));
  }

  /// @return what went wrong; empty if nothing
  public static String attempt(String... words) {
    return ToolCommand.attempt(ip(words));
  }

  /// @return what it prints
  /// @throws IllegalStateException if it fails, with what it says
  public static String output(String... words) {
    return ToolCommand.output(ip(words));
  }

  private static String[] ip(String... words) {
    var all = new ArrayList<>(List.of("ip"));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }
}
