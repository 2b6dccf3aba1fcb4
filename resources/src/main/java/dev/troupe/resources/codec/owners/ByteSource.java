package dev.troupe.resources.codec.owners;

/// Bytes that are read from their beginning on.
final class ByteSource {

  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  int at() {
    return at;
  }

  int length() {
    return bytes.length;
  }

  void skip(int count) {
    at += count;
  }

  int next() {
    return bytes[at++] & 0xFF;
  }

  /// What [ByteSink#number] has written.
  int number() {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int part = next();
      number |= (part & 0x7F) << shift;
      if (part <= 0x7F) {
        break;
      }
    }
    return number;
  }

  int fixed() {
    int number = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      number |= next() << (8 * i);
    }
    return number;
  }

  /// Copies what is next.
  void take(int count, ByteSink out) {
    out.put(bytes, at, at + count);
    at += count;
  }

  /// Copies from anywhere.
  void copy(int from, int count, ByteSink out) {
    out.put(bytes, from, from + count);
  }

  void time(ByteSink out) {
    out.timeText(bytes, at);
    at += TimeDigits.PACKED;
  }
}
