package dev.troupe.apiserver.encoding;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.resources.codec.JsonDecoder;
import java.util.Iterator;

/// Another form, written for people: indented, or as YAML. Watches are not formatted.
record FormattedForm(JsonForm inner, Representation representation) implements ObjectForm {

  @Override
  public byte[] object(byte[] stored) {
    return Encoding.encode(JsonDecoder.stored(inner.object(stored)), representation);
  }

  @Override
  public Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return ListParts.formatted(
        inner.listStart(meta), inner.listField(), stored, inner::listItem, representation);
  }

  @Override
  public byte[] event(String type, byte[] stored) {
    return inner.event(type, stored);
  }

  @Override
  public byte[] bookmark(long version, boolean initialEnd) {
    return inner.bookmark(version, initialEnd);
  }
}
