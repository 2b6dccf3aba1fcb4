package dev.troupe.clusterconfig.command.experiment;

import com.sun.management.OperatingSystemMXBean;
import dev.troupe.clusterconfig.member.Release;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// What figures of a run depend on, a line for each thing.
final class MachineLines {

  private static final double GIB = 1L << 30;

  private MachineLines() {}

  static List<String> read() {
    var lines = new ArrayList<String>();
    lines.add("troupe " + Release.NAME);
    lines.add(
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    lines.add(Runtime.getRuntime().availableProcessors() + " processors");
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      lines.add("%.1f GiB of memory".formatted(system.getTotalMemorySize() / GIB));
    }
    lines.add("Java " + Runtime.version());
    return lines;
  }
}
