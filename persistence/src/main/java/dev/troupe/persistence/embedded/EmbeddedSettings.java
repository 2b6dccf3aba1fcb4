package dev.troupe.persistence.embedded;

import com.typesafe.config.Config;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.Segment;

/// How the log is cut and bounded. See `troupe.store.embedded` in `reference.conf`.
///
/// @param segmentBytes the size of a segment file; also the bound of one group
/// @param commitBytes how much is written with one sync at most, unless a single group is larger
/// @param maxWaiting how many groups may wait for the writer
/// @param replayBytes how much of the log is read at a start, if it is longer
public record EmbeddedSettings(
    int segmentBytes, int commitBytes, int maxWaiting, long replayBytes) {

  public EmbeddedSettings {
    if (segmentBytes < Segment.HEADER + Frame.HEADER || commitBytes < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException("too small: " + segmentBytes + ", " + commitBytes);
    }
  }

  public static EmbeddedSettings from(Config config) {
    var embedded = config.getConfig("troupe.store.embedded");
    return new EmbeddedSettings(
        Math.toIntExact(embedded.getBytes("segment-size")),
        Math.toIntExact(embedded.getBytes("commit-size")),
        embedded.getInt("max-waiting"),
        embedded.getBytes("replay-size"));
  }
}
