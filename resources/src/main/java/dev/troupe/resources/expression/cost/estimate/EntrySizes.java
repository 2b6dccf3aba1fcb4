package dev.troupe.resources.expression.cost.estimate;

/// How large the keys and values in a list or a map are.
record EntrySizes(boolean list, Span key, Span value) {

  EntrySizes join(EntrySizes other) {
    return new EntrySizes(list, key.join(other.key), value.join(other.value));
  }
}
