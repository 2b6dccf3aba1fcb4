package dev.troupe.runtime.collection.index;

import java.util.function.IntConsumer;

/// Something that has its place in the order of (namespace, name).
interface Located {

  String namespace();

  String name();

  /// How many bytes its content has.
  long weight();

  /// Tells what it has that may be wanted, as [dev.troupe.runtime.collection.Sought] numbers it.
  void traits(IntConsumer each);

  default int compareTo(String namespace, String name) {
    int byNamespace = namespace().compareTo(namespace);
    return byNamespace != 0 ? byNamespace : name().compareTo(name);
  }
}
