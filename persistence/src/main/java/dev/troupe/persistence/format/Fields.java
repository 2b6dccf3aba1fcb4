package dev.troupe.persistence.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The parts that records are made of. A length is checked against what is left of the input before
/// anything is allocated for it.
final class Fields {

  /// The longest text whose length takes one byte.
  private static final int SHORT = 127;

  private Fields() {}

  static void text(Output out, String text) {
    if (text.length() > SHORT || !shortAscii(out, text)) {
      bytes(out, text.getBytes(UTF_8));
    }
  }

  /// Nearly all texts are short and plain: written without an array in between.
  private static boolean shortAscii(Output out, String text) {
    int position = out.position();
    int length = text.length();
    var buffer = out.getBuffer();
    if (buffer.length - position <= length) {
      return false;
    }
    buffer[position++] = (byte) length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > SHORT) {
        return false;
      }
      buffer[position++] = (byte) c;
    }
    out.setPosition(position);
    return true;
  }

  static String text(Input in) {
    int length = length(in, 1);
    if (length == 0) {
      return ""; // not one of many: much of what is stored stays in memory
    }
    var text = new String(in.getBuffer(), in.position(), length, UTF_8);
    in.setPosition(in.position() + length);
    return text;
  }

  static void bytes(Output out, byte[] bytes) {
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  static byte[] bytes(Input in) {
    var bytes = new byte[length(in, 1)];
    in.readBytes(bytes);
    return bytes;
  }

  static void texts(Output out, Map<String, String> texts) {
    out.writeVarInt(texts.size(), true);
    texts.forEach((name, value) -> {
      text(out, name);
      text(out, value);
    });
  }

  static Map<String, String> texts(Input in) {
    return map(in, Fields::text);
  }

  static void facts(Output out, Map<String, byte[]> facts) {
    out.writeVarInt(facts.size(), true);
    facts.forEach((name, value) -> {
      text(out, name);
      bytes(out, value);
    });
  }

  static Map<String, byte[]> facts(Input in) {
    return map(in, Fields::bytes);
  }

  private static <V> Map<String, V> map(Input in, Function<Input, V> value) {
    int size = length(in, 2);
    if (size == 0) {
      return Map.of();
    }
    var map = HashMap.<String, V>newHashMap(size);
    for (int i = 0; i < size; i++) {
      map.put(text(in), value.apply(in));
    }
    return Map.copyOf(map);
  }

  static void type(Output out, TypeRef type) {
    text(out, type.plural());
    text(out, type.group());
  }

  static TypeRef type(Input in) {
    var plural = text(in);
    return new TypeRef(text(in), plural);
  }

  static void key(Output out, ResourceKey key) {
    type(out, key.type());
    text(out, key.namespace());
    text(out, key.name());
  }

  static ResourceKey key(Input in) {
    return new ResourceKey(type(in), text(in), text(in));
  }

  /// Each as its distance from the one before.
  static void ascending(Output out, long[] numbers) {
    out.writeVarInt(numbers.length, true);
    long before = 0;
    for (long number : numbers) {
      out.writeVarLong(number - before, true);
      before = number;
    }
  }

  static long[] ascending(Input in) {
    var numbers = new long[length(in, 1)];
    long before = 0;
    for (int i = 0; i < numbers.length; i++) {
      before += in.readVarLong(true);
      numbers[i] = before;
    }
    return numbers;
  }

  /// @param least how many bytes one of what is counted takes at least
  private static int length(Input in, int least) {
    int length = in.readVarInt(true);
    int left = (in.limit() - in.position()) / least;
    if (length < 0 || length > left) {
      throw new StoreException("a length of " + length + " where at most " + left + " can follow");
    }
    return length;
  }
}
