package dev.troupe.benchmarks.etcd;

import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// A `PutRequest` as gRPC sends it: a flag for compression, the length, the message.
final class PutMessage {

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int PREFIX = 5;

  private PutMessage() {}

  static Buffer framed(byte[] key, byte[] value) {
    int length =
        CodedOutputStream.computeByteArraySize(KEY, key)
            + CodedOutputStream.computeByteArraySize(VALUE, value);
    var bytes = new byte[PREFIX + length];
    ByteBuffer.wrap(bytes).put((byte) 0).putInt(length);
    var out = CodedOutputStream.newInstance(bytes, PREFIX, length);
    try {
      out.writeByteArray(KEY, key);
      out.writeByteArray(VALUE, value);
      out.checkNoSpaceLeft();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Buffer.buffer(bytes);
  }
}
