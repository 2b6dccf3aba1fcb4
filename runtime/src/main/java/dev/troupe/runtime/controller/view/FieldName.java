package dev.troupe.runtime.controller.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of a field that almost no object has. Of those that do not have it the name is nowhere
/// in the bytes, so that they need not be decoded to know that.
public final class FieldName {

  public static final FieldName DELETION = new FieldName("deletionTimestamp");

  private final byte[] name;
  private final int[] shifts = new int[256];

  private FieldName(String name) {
    this.name = name.getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(shifts, this.name.length);
    for (int i = 0; i < this.name.length - 1; i++) {
      shifts[this.name[i]] = this.name.length - 1 - i;
    }
  }

  /// Looks at few of the bytes: where one does not occur in the name, the whole name is skipped.
  public boolean isIn(byte[] json) {
    int last = name.length - 1;
    for (int end = last; end < json.length; end += shifts[json[end] & 0xff]) {
      if (Arrays.equals(json, end - last, end + 1, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
