package dev.troupe.benchmarks.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux tells of a process.
public final class ProcessStatus {

  private static final String RESET_PEAK = "5";

  private ProcessStatus() {}

  public static long residentKilobytes(long pid) {
    return value(pid, "VmRSS:");
  }

  /// The most that was resident since the start, or since [#resetPeak].
  public static long peakKilobytes(long pid) {
    return value(pid, "VmHWM:");
  }

  public static void resetPeak(long pid) {
    try {
      Files.writeString(file(pid, "clear_refs"), RESET_PEAK);
    } catch (IOException e) {
      throw notLinux(e);
    }
  }

  public static long threads(long pid) {
    return value(pid, "Threads:");
  }

  private static long value(long pid, String name) {
    try {
      return Files.readAllLines(file(pid, "status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw notLinux(e);
    }
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private static UncheckedIOException notLinux(IOException e) {
    return new UncheckedIOException("this needs Linux's /proc", e);
  }
}
