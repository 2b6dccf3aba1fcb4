package dev.troupe.benchmarks.etcd;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Takes the messages out of a gRPC stream, however it was cut on its way.
final class GrpcReader {

  private static final int PREFIX = 5;

  private final Consumer<byte[]> messages;
  private Buffer rest = Buffer.buffer();

  GrpcReader(Consumer<byte[]> messages) {
    this.messages = messages;
  }

  void read(Buffer piece) {
    var all = rest.length() == 0 ? piece : rest.appendBuffer(piece);
    int at = 0;
    while (all.length() - at >= PREFIX) {
      int length = all.getInt(at + 1);
      if (all.length() - at - PREFIX < length) {
        break;
      }
      messages.accept(all.getBytes(at + PREFIX, at + PREFIX + length));
      at += PREFIX + length;
    }
    rest = at == all.length() ? Buffer.buffer() : Buffer.buffer(all.getBytes(at, all.length()));
  }
}
