package dev.troupe.benchmarks.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The heap of another JVM, by `jcmd`.
public final class Heap {

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Heap() {}

  /// What is in use after a full collection.
  public static long usedBytes(long pid) {
    for (int i = 0; i < 3; i++) {
      jcmd(pid, "GC.run");
    }
    var matcher = USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!matcher.find()) {
      throw new IllegalStateException("jcmd GC.heap_info says nothing about the heap in use");
    }
    return Long.parseLong(matcher.group(1)) * 1024;
  }

  private static String jcmd(long pid, String command) {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
