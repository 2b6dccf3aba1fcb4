package dev.troupe.resources.codec.owners;

import java.util.Arrays;

/// A growing array of bytes.
final class ByteSink {

  private byte[] bytes;
  private int length;

  ByteSink(int expected) {
    bytes = new byte[expected];
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  void put(byte one) {
    ensure(1);
    bytes[length++] = one;
  }

  void put(byte[] from, int start, int end) {
    ensure(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /// Seven bits in each byte, the lowest first.
  void number(int number) {
    int left = number;
    while (left > 0x7F) {
      put((byte) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    put((byte) left);
  }

  void skip(int count) {
    ensure(count);
    length += count;
  }

  /// Writes a number of four bytes where something was skipped.
  void fixed(int at, int number) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (number >>> (8 * i));
    }
  }

  void time(byte[] text, int at) {
    ensure(TimeDigits.PACKED);
    TimeDigits.pack(text, at, bytes, length);
    length += TimeDigits.PACKED;
  }

  void timeText(byte[] packed, int at) {
    ensure(TimeDigits.TEXT);
    TimeDigits.unpack(packed, at, bytes, length);
    length += TimeDigits.TEXT;
  }
}
