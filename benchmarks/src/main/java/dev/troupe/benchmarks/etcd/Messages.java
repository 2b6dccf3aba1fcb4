package dev.troupe.benchmarks.etcd;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The messages of etcd that are needed, written and read field by field. What is sent has the
/// frame of gRPC around it: a flag for compression, the length, the message.
final class Messages {

  private static final int PREFIX = 5;

  private Messages() {}

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static Buffer put(byte[] key, byte[] value) {
    return framed(out -> {
      out.writeByteArray(1, key);
      out.writeByteArray(2, value);
    });
  }

  /// @param limit 0 for all
  /// @param serializable whether an older state will do
  static Buffer range(byte[] from, byte[] end, long limit, boolean serializable) {
    return framed(out -> {
      out.writeByteArray(1, from);
      out.writeByteArray(2, end);
      out.writeInt64(3, limit);
      out.writeBool(7, serializable);
    });
  }

  /// A watch of all keys with a prefix, from now on.
  static Buffer watch(byte[] prefix) {
    return framed(out -> {
      out.writeTag(1, 2);
      var create =
          message(inner -> {
            inner.writeByteArray(1, prefix);
            inner.writeByteArray(2, behind(prefix));
          });
      out.writeUInt32NoTag(create.length);
      out.writeRawBytes(create);
    });
  }

  /// The first key behind all that begin with a prefix.
  static byte[] behind(byte[] prefix) {
    var end = Arrays.copyOf(prefix, prefix.length);
    end[end.length - 1]++;
    return end;
  }

  /// How many events an answer to a watch has.
  static int events(byte[] watchResponse) {
    return (int) count(watchResponse, 11);
  }

  /// Whether an answer to a watch says that it has begun.
  static boolean isCreated(byte[] watchResponse) {
    return count(watchResponse, 3) > 0;
  }

  /// The revision in the header of an answer.
  static long revision(byte[] response) {
    try {
      var in = CodedInputStream.newInstance(response);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag >>> 3 == 1) {
          return varint(in.readByteArray(), 3);
        }
        in.skipField(tag);
      }
      throw new IllegalStateException("an answer of etcd has no header");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long varint(byte[] message, int field) throws IOException {
    var in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag >>> 3 == field) {
        return in.readInt64();
      }
      in.skipField(tag);
    }
    return 0;
  }

  private static long count(byte[] message, int field) {
    try {
      var in = CodedInputStream.newInstance(message);
      long count = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        count += tag >>> 3 == field ? 1 : 0;
        in.skipField(tag);
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Buffer framed(Fields fields) {
    var message = message(fields);
    var bytes = new byte[PREFIX + message.length];
    ByteBuffer.wrap(bytes).put((byte) 0).putInt(message.length).put(message);
    return Buffer.buffer(bytes);
  }

  private static byte[] message(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
