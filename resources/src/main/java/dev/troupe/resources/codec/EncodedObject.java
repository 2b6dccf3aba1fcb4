package dev.troupe.resources.codec;

import dev.troupe.api.resource.Version;
import java.nio.charset.StandardCharsets;

/// An object in JSON that waits for its version.
///
/// The object is encoded before the version is taken; the digits are then written into their place.
public final class EncodedObject {

  /// How many digits the place has: enough for versions until the year 2453.
  static final int DIGITS = 18;

  private final byte[] json;
  private final int place;

  EncodedObject(byte[] json, int place) {
    this.json = json;
    this.place = place;
  }

  /// The length that the object will have, for limits.
  public int length() {
    return json.length;
  }

  /// The complete object. To be called once: a version of 18 digits is written into the array that
  /// is returned.
  public byte[] withVersion(long version) {
    var digits = Version.format(version).getBytes(StandardCharsets.US_ASCII);
    if (digits.length != DIGITS) {
      return spliced(digits);
    }
    System.arraycopy(digits, 0, json, place, DIGITS);
    return json;
  }

  private byte[] spliced(byte[] digits) {
    var out = new byte[json.length - DIGITS + digits.length];
    System.arraycopy(json, 0, out, 0, place);
    System.arraycopy(digits, 0, out, place, digits.length);
    int rest = place + DIGITS;
    System.arraycopy(json, rest, out, place + digits.length, json.length - rest);
    return out;
  }
}
