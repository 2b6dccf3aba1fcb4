package dev.troupe.apiserver.encoding;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.resources.codec.JsonDecoder;
import java.util.Iterator;
import tools.jackson.databind.node.ObjectNode;

/// Another form, written for people: indented, or as YAML. Watches are not formatted.
record FormattedForm(ObjectForm inner, Representation representation) implements ObjectForm {

  @Override
  public byte[] object(byte[] stored) {
    return Encoding.encode(JsonDecoder.stored(inner.object(stored)), representation);
  }

  @Override
  public ObjectNode listStart(ListMeta meta) {
    return inner.listStart(meta);
  }

  @Override
  public String listField() {
    return inner.listField();
  }

  @Override
  public byte[] listItem(byte[] stored) {
    return inner.listItem(stored);
  }

  @Override
  public Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return ListParts.formatted(
        listStart(meta), listField(), stored, inner::listItem, representation);
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
