package dev.troupe.persistence.embedded.log;

/// A place in the log as one number: the segment's number in the upper half, the offset in it in
/// the lower. In the order of the log.
public final class LogPosition {

  private LogPosition() {}

  public static long of(long segment, int offset) {
    return segment << Integer.SIZE | offset;
  }

  static long segment(long position) {
    return position >>> Integer.SIZE;
  }

  static int offset(long position) {
    return (int) position;
  }
}
