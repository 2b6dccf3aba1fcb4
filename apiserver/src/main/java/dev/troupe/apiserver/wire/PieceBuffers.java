package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What pieces of long bodies are written into. The native library for TLS encrypts from memory
/// outside of the heap without copying, so that a few such buffers go round; where they do not
/// suffice, and where there is no such library, the heap serves.
///
/// Nothing here is freed by hand: a buffer that may still be read when its client is gone is left
/// to the collector.
final class PieceBuffers {

  static final int SIZE = 2 * Answer.LONG;

  private static final int MOST = NativeTls.isThere() ? 64 : 0;

  private static final PieceBuffers ALL = new PieceBuffers(MOST);

  private final ConcurrentLinkedQueue<ByteBuf> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final int most;

  /// @param most how many may be outside of the heap
  PieceBuffers(int most) {
    this.most = most;
  }

  /// Those of this JVM.
  static PieceBuffers shared() {
    return ALL;
  }

  /// An empty buffer of [#SIZE] bytes.
  ByteBuf take() {
    var used = free.poll();
    if (used != null) {
      return used.clear();
    }
    if (made.incrementAndGet() > most) {
      made.decrementAndGet();
      return Unpooled.buffer(SIZE, SIZE);
    }
    return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SIZE)).clear();
  }

  /// Takes back what nobody will read any more.
  void giveBack(ByteBuf buffer) {
    if (buffer.isDirect()) {
      free.add(buffer);
    }
  }

  /// Forgets one that may still be read.
  void forget(ByteBuf buffer) {
    if (buffer.isDirect()) {
      made.decrementAndGet();
    }
  }

  /// How many are outside of the heap and known here.
  int made() {
    return made.get();
  }
}
