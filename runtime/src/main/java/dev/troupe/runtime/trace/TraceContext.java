package dev.troupe.runtime.trace;

import java.nio.ByteBuffer;

/// Where in a trace a write is: what happens to it next belongs to this span of this trace. Only a
/// trace that is recorded has one.
///
/// @param high the first half of the trace's id
/// @param low the second
/// @param span the id of the span
public record TraceContext(long high, long low, long span) {

  private static final int BYTES = 3 * Long.BYTES;

  /// @throws IllegalArgumentException if nothing is called so
  public TraceContext {
    if ((high | low) == 0 || span == 0) {
      throw new IllegalArgumentException("no trace and no span has the id 0");
    }
  }

  /// The three numbers, one after the other.
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).putLong(span).array();
  }

  /// @throws IllegalArgumentException if these are not the [bytes][#bytes] of one
  public static TraceContext of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "%d bytes for a trace and its span, which are %d".formatted(bytes.length, BYTES));
    }
    var in = ByteBuffer.wrap(bytes);
    return new TraceContext(in.getLong(), in.getLong(), in.getLong());
  }
}
