package dev.troupe.benchmarks.reconcile;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How long changes took to their reconcile, as the process that reconciles them saw it. An object
/// carries the moment at which its last change was due, by the clock of the machine.
///
/// Knows nothing but the JDK: programs of others have it, too.
public final class ProbeStats {

  /// The annotation with the moment, in microseconds.
  public static final String DUE = "bench.troupe.dev/due";

  private static final int MOST = 1 << 20;

  private final Map<String, String> last = new ConcurrentHashMap<>();
  private final long[] micros = new long[MOST];
  private int count;

  /// @param place a file that gets the port at which it can be asked
  public static ProbeStats serve(Path place) {
    try {
      var stats = new ProbeStats();
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] answer = stats.take().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      var written = place.resolveSibling(place.getFileName() + ".new");
      Files.writeString(written, Integer.toString(server.getAddress().getPort()));
      Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
      return stats;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Now, in microseconds.
  public static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /// An object is reconciled.
  ///
  /// @param due what its annotation says; null if it has none
  public void seen(String name, @Nullable String due) {
    if (due != null && !due.equals(last.put(name, due))) {
      add(now() - Long.parseLong(due));
    }
  }

  private synchronized void add(long took) {
    if (count < MOST) {
      micros[count++] = took;
    }
  }

  /// How many there were since it was asked last, and of how many microseconds the half of them,
  /// ninety-nine of a hundred and all were not more.
  private synchronized String take() {
    var sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    count = 0;
    return sorted.length + " " + at(sorted, 0.5) + " " + at(sorted, 0.99) + " " + at(sorted, 1);
  }

  private static long at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }
}
