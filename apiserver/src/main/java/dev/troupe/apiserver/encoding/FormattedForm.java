package dev.troupe.apiserver.encoding;

import dev.troupe.apiserver.request.Representation;
import dev.troupe.resources.codec.JsonDecoder;
import java.util.List;

/// Another form, written for people: indented, or as YAML. Watches are not formatted.
record FormattedForm(ObjectForm inner, Representation representation) implements ObjectForm {

  @Override
  public byte[] object(byte[] stored) {
    return Encoding.encode(JsonDecoder.stored(inner.object(stored)), representation);
  }

  @Override
  public List<byte[]> list(List<byte[]> stored, ListMeta meta) {
    byte[] list = Bytes.concat(inner.list(stored, meta).toArray(byte[][]::new));
    return List.of(Encoding.encode(JsonDecoder.stored(list), representation));
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
