package dev.troupe.benchmarks.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The heap of another JVM, by `jcmd`.
public final class Heap {

  private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)$", Pattern.MULTILINE);

  private Heap() {}

  /// What is reachable, after a full collection: `jcmd` takes a second to start, and what is made
  /// until then is not in use.
  public static long usedBytes(long pid) {
    for (int i = 0; i < 3; i++) {
      jcmd(pid, "GC.run");
    }
    var matcher = TOTAL.matcher(jcmd(pid, "GC.class_histogram"));
    if (!matcher.find()) {
      throw new IllegalStateException("jcmd GC.class_histogram has no total");
    }
    return Long.parseLong(matcher.group(1));
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
