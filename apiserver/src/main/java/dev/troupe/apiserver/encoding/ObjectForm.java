package dev.troupe.apiserver.encoding;

import java.util.Iterator;
import tools.jackson.databind.node.ObjectNode;

/// A form in which objects of one endpoint are shown. Takes objects as they are stored.
///
/// Two forms are equal if they yield the same bytes, so that a form can name an encoding that
/// watchers share.
public interface ObjectForm {

  /// One object, as the body of an answer.
  byte[] object(byte[] stored);

  /// A list, in parts that follow each other and are made when they are asked for.
  Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta);

  /// A watch event.
  ///
  /// @param type `ADDED`, `MODIFIED` or `DELETED`
  byte[] event(String type, byte[] stored);

  /// A watch event that only says how far the watch has come.
  ///
  /// @param initialEnd whether it ends the initial events
  byte[] bookmark(long version, boolean initialEnd);

  /// A watch event that ends the watch: why it cannot go on.
  ///
  /// @param status a `Status`
  default byte[] error(ObjectNode status) {
    return Encoding.event("ERROR", status);
  }

  /// The form of the events behind the first of a watch.
  default ObjectForm following() {
    return this;
  }
}
