package dev.troupe.testkit.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One direction of a connection: one thread takes what comes, another lets it go when it is due.
/// What waits is bounded: then nothing more is taken, and who sends notices.
final class LinkLane {

  /// How much waits at most, and a piece more.
  static final int MOST_BYTES = 1 << 20;

  private static final int PIECE_BYTES = 1 << 14;

  /// @param offset up to where it has gone
  /// @param last nothing comes behind it
  private record Piece(byte[] bytes, int offset, LinkPacing.Arrival arrival, boolean last) {

    private int left() {
      return bytes.length - offset;
    }
  }

  private final Socket from;
  private final Socket to;
  private final LinkPacing pacing;
  private final LaneGate gate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private LinkCondition condition;
  private int held;
  private boolean closed;

  /// Told of everything before it goes.
  interface LaneGate {

    /// @return whether the connection breaks instead
    boolean breaks(LinkCondition condition);
  }

  LinkLane(Socket from, Socket to, LinkPacing pacing, LaneGate gate, LinkCondition condition) {
    this.gate = gate;
    this.from = from;
    this.to = to;
    this.pacing = pacing;
    this.condition = condition;
  }

  /// From now on, also for what waits.
  void set(LinkCondition next) {
    change(() -> {
      condition = next;
      pacing.lineIsFree(System.nanoTime());
    });
  }

  /// Takes nothing more and lets nothing more go; the sockets are left as they are.
  void close() {
    change(() -> closed = true);
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private LinkCondition condition() {
    lock.lock();
    try {
      return condition;
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes wait.
  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what comes until nothing more does.
  void take() throws IOException, InterruptedException {
    var buffer = new byte[PIECE_BYTES];
    var in = from.getInputStream();
    boolean last = false;
    while (!last && hasRoom()) {
      int read = in.read(buffer);
      last = read < 0;
      arrived(Arrays.copyOf(buffer, Math.max(0, read)), last);
    }
  }

  /// Waits for it.
  ///
  /// @return false if it is closed
  private boolean hasRoom() throws InterruptedException {
    lock.lock();
    try {
      while (held >= MOST_BYTES && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void arrived(byte[] bytes, boolean last) {
    change(() -> {
      held += bytes.length;
      pieces.add(new Piece(bytes, 0, pacing.arrived(System.nanoTime()), last));
    });
  }

  /// Lets go what is due until nothing more comes.
  void give() throws IOException, InterruptedException {
    var out = to.getOutputStream();
    for (var piece = due(); piece != null; piece = due()) {
      if (piece.last()) {
        to.shutdownOutput();
        return;
      }
      if (gate.breaks(condition())) {
        throw new IOException("the answer is lost");
      }
      out.write(piece.bytes(), piece.offset(), piece.left());
    }
  }

  /// Waits for what goes next.
  ///
  /// @return null if it is closed
  private @Nullable Piece due() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        var first = pieces.peek();
        if (first == null || condition.stopped()) {
          changed.await();
        } else {
          int portion = LinkPacing.portion(first.left(), condition);
          long goes = pacing.goes(first.arrival(), portion, condition);
          long wait = goes - System.nanoTime();
          if (wait <= 0) {
            return part(first, portion, goes);
          }
          var _ = changed.awaitNanos(wait);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Piece part(Piece first, int portion, long goes) {
    pieces.remove();
    pacing.lineIsFree(goes);
    held -= portion;
    int end = first.offset() + portion;
    if (end < first.bytes().length) {
      pieces.addFirst(new Piece(first.bytes(), end, first.arrival(), first.last()));
    }
    changed.signalAll();
    return new Piece(
        Arrays.copyOfRange(first.bytes(), first.offset(), end), 0, first.arrival(), first.last());
  }
}
