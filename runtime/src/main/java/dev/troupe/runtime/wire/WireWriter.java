package dev.troupe.runtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Bytes that grow while values are written one after the other. [WireReader] reads them in the
/// same order.
public final class WireWriter {

  private static final int MORE = 0x80;
  private static final int BITS = 7;

  /// What most messages fit in.
  private static final int FIRST_SIZE = 256;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;

  /// What has been written.
  public byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }

  /// @param value between 0 and 255
  public void octet(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  public void flag(boolean value) {
    octet(value ? 1 : 0);
  }

  /// Small numbers take few bytes, negative ones ten.
  public void number(long value) {
    long rest = value;
    while ((rest & -MORE) != 0) {
      octet((int) rest | MORE);
      rest >>>= BITS;
    }
    octet((int) rest);
  }

  /// In UTF-8, so that half a pair of surrogates becomes a question mark.
  public void text(String value) {
    bytes(value.getBytes(UTF_8));
  }

  /// By its name, so that the order of the constants may change.
  public void name(Enum<?> value) {
    text(value.name());
  }

  public void bytes(byte[] value) {
    number(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  public <T> void list(Collection<T> values, BiConsumer<WireWriter, T> writer) {
    number(values.size());
    values.forEach(value -> writer.accept(this, value));
  }

  public void texts(Map<String, String> values) {
    number(values.size());
    values.forEach((name, value) -> {
      text(name);
      text(value);
    });
  }

  public <T> void optional(@Nullable T value, BiConsumer<WireWriter, T> writer) {
    flag(value != null);
    if (value != null) {
      writer.accept(this, value);
    }
  }
}
