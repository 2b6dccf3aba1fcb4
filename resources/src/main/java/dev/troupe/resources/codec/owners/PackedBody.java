package dev.troupe.resources.codec.owners;

import java.util.Arrays;

/// How the log keeps an object: as its JSON, in which the owners are written in few bytes. Nothing
/// but the bytes is needed to read them again, and whatever is packed comes out as it was, JSON or
/// not.
///
/// What is packed begins with a byte of its own, where the owners are, how long they are then, and
/// the owners; the rest of the JSON follows. All else is as it is; if it begins with one of these
/// bytes, another stands before it.
public final class PackedBody {

  /// No text begins with one of these.
  private static final byte AS_IT_IS = -1;

  private static final byte PACKED = -2;

  private static final int TIME = 0;
  private static final int LITERAL = 1;
  private static final int UID = 2;

  private static final int LITERAL_AT_MOST = 255;

  private PackedBody() {}

  public static byte[] pack(byte[] body) {
    var span = OwnersSpan.of(body);
    if (span.isNone()) {
      return body.length > 0 && (body[0] == AS_IT_IS || body[0] == PACKED) ? marked(body) : body;
    }
    var out = new ByteSink(body.length + 16);
    out.put(PACKED);
    out.number(span.from());
    int lengthAt = out.length();
    out.skip(Integer.BYTES);
    owners(body, span, out);
    out.fixed(lengthAt, out.length() - lengthAt - Integer.BYTES);
    out.put(body, 0, span.from());
    out.put(body, span.to(), body.length);
    return out.bytes();
  }

  private static byte[] marked(byte[] body) {
    var out = new byte[body.length + 1];
    out[0] = AS_IT_IS;
    System.arraycopy(body, 0, out, 1, body.length);
    return out;
  }

  private static void owners(byte[] body, OwnersSpan span, ByteSink out) {
    int literal = span.from();
    int i = span.from();
    while (i < span.to()) {
      int code = code(body, i, span.to());
      if (code < 0) {
        i++;
        continue;
      }
      literal(body, literal, i, out);
      out.put((byte) code);
      switch (code) {
        case TIME -> {
          out.time(body, i);
          i += TimeDigits.TEXT;
        }
        case UID -> {
          UidDigits.pack(body, i, out);
          i += UidDigits.TEXT;
        }
        default -> i += OwnersPhrases.phrase(code).length;
      }
      literal = i;
    }
    literal(body, literal, span.to(), out);
  }

  private static int code(byte[] body, int at, int end) {
    if (at + TimeDigits.TEXT <= end && TimeDigits.isAt(body, at)) {
      return TIME;
    }
    return at + UidDigits.TEXT <= end && UidDigits.isAt(body, at)
        ? UID
        : OwnersPhrases.codeAt(body, at, end);
  }

  private static void literal(byte[] body, int from, int to, ByteSink out) {
    for (int at = from; at < to; at += LITERAL_AT_MOST) {
      int length = Math.min(LITERAL_AT_MOST, to - at);
      out.put((byte) LITERAL);
      out.put((byte) length);
      out.put(body, at, at + length);
    }
  }

  /// @throws IllegalArgumentException if that is not what [#pack] has made
  public static byte[] unpack(byte[] packed) {
    if (packed.length == 0 || (packed[0] != AS_IT_IS && packed[0] != PACKED)) {
      return packed;
    }
    if (packed[0] == AS_IT_IS) {
      return Arrays.copyOfRange(packed, 1, packed.length);
    }
    try {
      return unpackOwners(new ByteSource(packed));
    } catch (IndexOutOfBoundsException damaged) {
      throw new IllegalArgumentException("the owners of an object are cut off", damaged);
    }
  }

  private static byte[] unpackOwners(ByteSource in) {
    in.skip(1);
    int place = in.number();
    int end = in.fixed();
    end += in.at();
    int rest = in.length() - end;
    if (place < 0 || rest < place || end < in.at()) {
      throw new IllegalArgumentException("owners at " + place + " of an object of " + rest);
    }
    var out = new ByteSink(in.length() * 2);
    in.copy(end, place, out);
    while (in.at() < end) {
      int code = in.next();
      switch (code) {
        case TIME -> in.time(out);
        case LITERAL -> in.take(in.next(), out);
        case UID -> UidDigits.unpack(in, out);
        default -> phrase(code, out);
      }
    }
    in.copy(end + place, rest - place, out);
    return out.bytes();
  }

  private static void phrase(int code, ByteSink out) {
    var phrase = OwnersPhrases.phrase(code);
    if (phrase.length == 0) {
      throw new IllegalArgumentException("a phrase of the unknown code " + code);
    }
    out.put(phrase, 0, phrase.length);
  }
}
