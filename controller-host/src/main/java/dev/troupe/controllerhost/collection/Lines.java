package dev.troupe.controllerhost.collection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts what comes into lines.
final class Lines {

  private final int longest;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /// @param longest how many bytes a line may have
  Lines(int longest) {
    this.longest = longest;
  }

  /// @return the lines that are complete now; empty ones are left out
  /// @throws IllegalStateException if one is too long
  List<byte[]> add(List<ByteBuffer> buffers) {
    var complete = new ArrayList<byte[]>();
    for (var buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      int from = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          begun.write(bytes, from, i - from);
          from = i + 1;
          if (begun.size() > 0) {
            complete.add(begun.toByteArray());
            begun.reset();
          }
        }
      }
      begun.write(bytes, from, bytes.length - from);
      if (begun.size() > longest) {
        throw new IllegalStateException("an event has more than " + longest + " bytes");
      }
    }
    return complete;
  }

  /// What is there of a line that has not ended.
  byte[] rest() {
    return begun.toByteArray();
  }
}
