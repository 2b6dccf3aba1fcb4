package dev.troupe.runtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [WireWriter] has written. A length is held against what is left before anything is
/// allocated for it: damaged bytes cost no more than they are long.
///
/// Every method throws [MalformedException] if there is something else.
public final class WireReader {

  private static final int MORE = 0x80;
  private static final int BITS = 7;
  private static final int LAST_SHIFT = 63;

  /// A name and a value have a length each.
  private static final int LEAST_OF_AN_ENTRY = 2;

  private final byte[] bytes;
  private int position;

  /// @param bytes not copied
  public WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  private int left() {
    return bytes.length - position;
  }

  /// Between 0 and 255.
  public int octet() {
    if (position == bytes.length) {
      throw new MalformedException("it ends after " + position + " bytes, where more must follow");
    }
    return bytes[position++] & 0xFF;
  }

  public boolean flag() {
    int value = octet();
    if (value > 1) {
      throw new MalformedException("neither yes nor no: " + value);
    }
    return value == 1;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift <= LAST_SHIFT; shift += BITS) {
      int next = octet();
      if (shift == LAST_SHIFT && next > 1) {
        throw new MalformedException("a number of more than 64 bits");
      }
      value |= (long) (next & (MORE - 1)) << shift;
      if (next < MORE) {
        break;
      }
    }
    return value;
  }

  /// A number that is not negative, and no larger than an `int`.
  public int integer() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedException("a number of " + value + " where a small one must be");
    }
    return (int) value;
  }

  /// How many there are of something.
  ///
  /// @param least how many bytes one of them takes at least
  private int count(int least) {
    long count = number();
    int most = left() / least;
    if (count < 0 || count > most) {
      throw new MalformedException("a length of " + count + " where at most " + most + " follow");
    }
    return (int) count;
  }

  public String text() {
    int length = count(1);
    if (length == 0) {
      return ""; // not one of many: some of what is received stays in memory
    }
    var text = new String(bytes, position, length, UTF_8);
    position += length;
    return text;
  }

  /// A constant by its name.
  public <E extends Enum<E>> E name(Class<E> type) {
    var name = text();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException unknown) {
      throw new MalformedException(
          "no " + type.getSimpleName() + " is called '" + name + "'", unknown);
    }
  }

  public byte[] bytes() {
    int length = count(1);
    var value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  /// @param least how many bytes a value takes at least; 1 or more
  public <T> List<T> list(int least, Function<WireReader, T> reader) {
    int count = count(least);
    if (count == 0) {
      return List.of();
    }
    var values = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.apply(this));
    }
    return List.copyOf(values);
  }

  public Map<String, String> texts() {
    int count = count(LEAST_OF_AN_ENTRY);
    if (count == 0) {
      return Map.of();
    }
    var values = HashMap.<String, String>newHashMap(count);
    for (int i = 0; i < count; i++) {
      values.put(text(), text());
    }
    return Map.copyOf(values);
  }

  public <T> @Nullable T optional(Function<WireReader, T> reader) {
    return flag() ? reader.apply(this) : null;
  }

  /// Nothing may follow.
  public void end() {
    if (left() > 0) {
      throw new MalformedException(left() + " bytes follow where it should end");
    }
  }
}
