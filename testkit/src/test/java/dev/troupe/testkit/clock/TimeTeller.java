package dev.troupe.testkit.clock;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/// A program that tells the time in all ways whenever it is sent a line.
@SuppressWarnings("JavaUtilDate") // It is one of the ways.
public final class TimeTeller {

  private TimeTeller() {}

  public static void main(String[] words) throws IOException {
    while (System.in.read() >= 0) {
      System.out.printf(
          "%d %d %d %d %d%n",
          System.currentTimeMillis(),
          new Date().getTime(),
          Instant.now().toEpochMilli(),
          InstantSource.system().millis(),
          Clock.systemUTC().instant().toEpochMilli());
    }
  }
}
