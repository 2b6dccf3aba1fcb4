package dev.troupe.runtime.collection.index;

/// Something that has its place in the order of (namespace, name).
interface Located {

  String namespace();

  String name();

  /// How many bytes its content has.
  long weight();

  default int compareTo(String namespace, String name) {
    int byNamespace = namespace().compareTo(namespace);
    return byNamespace != 0 ? byNamespace : name().compareTo(name);
  }
}
