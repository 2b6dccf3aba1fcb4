package dev.troupe.runtime.gateway.message;

import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;

/// A letter as bytes: how large it is decides about its way.
///
/// @param manifest what its message is called
/// @param bytes shared, never modified
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Packed(String manifest, byte[] bytes) implements Sendable {

  public int size() {
    return bytes.length;
  }

  /// All of it, to be cut into parts.
  public byte[] whole() {
    var out = new WireWriter();
    out.text(manifest);
    out.bytes(bytes);
    return out.bytes();
  }

  /// What [#whole] has made.
  ///
  /// @throws dev.troupe.runtime.wire.MalformedException if it is something else
  public static Packed of(byte[] whole) {
    var in = new WireReader(whole);
    var packed = new Packed(in.text(), in.bytes());
    in.end();
    return packed;
  }
}
