package dev.troupe.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Signals to processes, of which Java knows two only.
public final class Signal {

  private Signal() {}

  /// @param name as `kill` knows it
  public static void send(String name, long pid) {
    try {
      var sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (sent.waitFor() != 0) {
        throw new IllegalStateException("no SIG" + name + " to " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
