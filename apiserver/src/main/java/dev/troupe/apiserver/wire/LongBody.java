package dev.troupe.apiserver.wire;

import dev.troupe.resources.codec.owners.JsonParts;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A body that is made while it is sent: piece by piece, few of which are on their way at a time,
/// however long the whole is. Made on a thread that may wait.
final class LongBody implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(LongBody.class);
  private static final int AHEAD = 4;

  private final Context context;
  private final Delivery delivery;
  private final Iterator<byte[]> parts;
  private final Runnable end;
  private final boolean gzip;
  private final PieceBuffers buffers = PieceBuffers.shared();
  private final Semaphore room = new Semaphore(AHEAD);
  private volatile boolean broken;

  /// @param end is run when no more parts will be asked for
  LongBody(Context context, Delivery delivery, Iterator<byte[]> parts, Runnable end, boolean gzip) {
    this.context = context;
    this.delivery = delivery;
    this.parts = parts;
    this.end = end;
    this.gzip = gzip;
    delivery.onBroken(() -> {
      broken = true;
      room.release();
    });
  }

  @Override
  public void run() {
    var pieces = new Pieces();
    try {
      OutputStream out = gzip ? new FastGzip(pieces) : pieces;
      while (parts.hasNext()) {
        JsonParts.writeNext(parts, out);
      }
      out.close();
    } catch (IOException _) {
      // nobody waits for the rest
    } catch (UnavailableException e) {
      LOG.warn("an answer broke off: {}", e.getMessage());
      cut(pieces);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("an answer broke off", e);
      cut(pieces);
    } finally {
      end.run();
    }
  }

  /// Behind what has been sent: the client must not take it for the whole.
  private void cut(Pieces pieces) {
    buffers.forget(pieces.held);
    context.runOnContext(_ -> delivery.cut());
  }

  /// Waits for room and sends.
  private void send(ByteBuf piece, boolean last) throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException _) {
      buffers.giveBack(piece);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    if (broken) {
      buffers.giveBack(piece);
      room.release();
      throw new IOException("broken off");
    }
    context.runOnContext(_ -> {
      if (broken || delivery.ended()) {
        buffers.giveBack(piece);
        room.release();
      } else {
        hand(piece, last);
      }
    });
  }

  private void hand(ByteBuf piece, boolean last) {
    var shared = BufferInternal.buffer(piece);
    var sent = last ? delivery.last(shared) : delivery.send(shared);
    sent.onComplete(done -> {
      if (done.succeeded()) {
        buffers.giveBack(piece);
      } else {
        buffers.forget(piece);
      }
      room.release();
    });
  }

  /// Gathers what is written to it.
  private final class Pieces extends OutputStream {

    private ByteBuf held = buffers.take();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int at = from;
      int left = length;
      while (left > 0) {
        int taken = Math.min(left, held.writableBytes());
        held.writeBytes(bytes, at, taken);
        at += taken;
        left -= taken;
        if (!held.isWritable()) {
          send(held, false);
          held = buffers.take();
        }
      }
    }

    @Override
    public void close() throws IOException {
      send(held, true);
    }
  }

  /// Speed counts for more than size between a server and its clients.
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
