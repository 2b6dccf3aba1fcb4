package dev.troupe.resources.patch;

import java.util.ArrayList;
import java.util.List;

/// A location in a document (RFC 6901).
record JsonPointer(List<String> tokens) {

  JsonPointer {
    tokens = List.copyOf(tokens);
  }

  static JsonPointer parse(String text) {
    if (text.isEmpty()) {
      return new JsonPointer(List.of());
    }
    if (text.charAt(0) != '/') {
      throw PatchFailure.inapplicable("a JSON pointer starts with a slash: " + text);
    }
    var tokens = new ArrayList<String>();
    int start = 1;
    while (start <= text.length()) {
      int end = text.indexOf('/', start);
      end = end < 0 ? text.length() : end;
      tokens.add(text.substring(start, end).replace("~1", "/").replace("~0", "~"));
      start = end + 1;
    }
    return new JsonPointer(tokens);
  }

  boolean isRoot() {
    return tokens.isEmpty();
  }

  String last() {
    return tokens.getLast();
  }

  /// Whether `other` is this location or lies below it.
  boolean contains(JsonPointer other) {
    return other.tokens.size() >= tokens.size()
        && other.tokens.subList(0, tokens.size()).equals(tokens);
  }

  @Override
  public String toString() {
    return isRoot() ? "" : "/" + String.join("/", tokens);
  }
}
