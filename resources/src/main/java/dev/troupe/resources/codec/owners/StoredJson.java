package dev.troupe.resources.codec.owners;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The JSON of an object that is kept in memory. What its owners have in common with those of other
/// objects is kept once for all of them; what is read is what was given, byte for byte.
///
/// Immutable, and safe for any number of threads.
public final class StoredJson {

  private static final StoredJson NOTHING = new StoredJson(new byte[0], null, 0, 0);

  /// The JSON; or all of it but the owners, and behind that what of them is its own.
  private final byte[] bytes;

  /// Null if the bytes are the JSON.
  private final @Nullable OwnersForm form;

  private final int place;
  private final int rest;

  private StoredJson(byte[] bytes, @Nullable OwnersForm form, int place, int rest) {
    this.bytes = bytes;
    this.form = form;
    this.place = place;
    this.rest = rest;
  }

  /// @param json never modified afterwards
  public static StoredJson of(byte[] json) {
    var span = OwnersSpan.of(json);
    if (span.isNone()) {
      return json.length == 0 ? NOTHING : new StoredJson(json, null, 0, 0);
    }
    var division = OwnersDivision.of(json, span);
    int rest = json.length - (span.to() - span.from());
    var bytes = new byte[rest + division.ownLength()];
    System.arraycopy(json, 0, bytes, 0, span.from());
    System.arraycopy(json, span.to(), bytes, span.from(), json.length - span.to());
    division.copyOwn(bytes, rest);
    return new StoredJson(bytes, division.form(), span.from(), rest);
  }

  /// How long the JSON is.
  public int length() {
    return form == null ? bytes.length : rest + form.length(bytes.length - rest);
  }

  /// The JSON. Shared, never to be modified.
  public byte[] bytes() {
    if (form == null) {
      return bytes;
    }
    var json = new byte[length()];
    int owners = json.length - rest;
    System.arraycopy(bytes, 0, json, 0, place);
    form.write(bytes, rest, json, place);
    System.arraycopy(bytes, place, json, place + owners, rest - place);
    return json;
  }

  /// Writes the JSON without putting more together than the owners.
  public void writeTo(OutputStream out) throws IOException {
    if (form == null) {
      out.write(bytes);
      return;
    }
    var owners = new byte[length() - rest];
    form.write(bytes, rest, owners, 0);
    out.write(bytes, 0, place);
    out.write(owners);
    out.write(bytes, place, rest - place);
  }

  /// Whether it is the same JSON.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredJson that
        && place == that.place
        && rest == that.rest
        && Objects.equals(form, that.form)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// How many bytes are kept for this object alone.
  int kept() {
    return bytes.length;
  }
}
