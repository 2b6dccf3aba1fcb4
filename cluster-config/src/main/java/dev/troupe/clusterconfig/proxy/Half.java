package dev.troupe.clusterconfig.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One direction of a connection: what comes from the one side goes to the other. What does not go
/// is held, and nothing more is read meanwhile.
final class Half {

  /// How often in a row one direction may read: others wait.
  private static final int TURNS = 8;

  private final SocketChannel from;
  private final SocketChannel to;
  private @Nullable ByteBuffer held;
  private boolean ended;
  private boolean over;

  Half(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  /// Something to be sent before all else.
  ///
  /// @return whether something went
  boolean send(ByteBuffer bytes) throws IOException {
    int before = bytes.remaining();
    to.write(bytes);
    boolean went = bytes.remaining() < before;
    if (bytes.hasRemaining()) {
      held = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
    return went;
  }

  /// @param scratch as large as what may be held
  /// @return whether something came
  boolean read(ByteBuffer scratch) throws IOException {
    boolean came = false;
    for (int turn = 0; turn < TURNS && wantsToRead(); turn++) {
      scratch.clear();
      int read = from.read(scratch);
      if (read < 0) {
        ended = true;
        finish();
      }
      if (read <= 0) {
        return came;
      }
      came = true;
      send(scratch.flip());
    }
    return came;
  }

  /// Sends what is held.
  ///
  /// @return whether something went
  boolean write() throws IOException {
    var bytes = held;
    if (bytes == null) {
      return false;
    }
    int before = bytes.remaining();
    to.write(bytes);
    boolean went = bytes.remaining() < before;
    if (!bytes.hasRemaining()) {
      held = null;
      finish();
    }
    return went;
  }

  private void finish() throws IOException {
    if (ended && held == null && !over) {
      over = true;
      to.shutdownOutput();
    }
  }

  boolean wantsToRead() {
    return held == null && !ended;
  }

  boolean wantsToWrite() {
    return held != null;
  }

  /// Whether nothing more comes.
  boolean hasEnded() {
    return ended;
  }

  /// Whether everything that came has gone.
  boolean isOver() {
    return over;
  }
}
