package dev.troupe.resources.patch;

import java.util.ArrayList;
import java.util.List;

/// A location in a document (RFC 6901), read as Kubernetes' library reads it: what stands before
/// the first slash does not count, and a text without a slash leads nowhere.
///
/// @param text as it was written
/// @param tokens empty for the document itself, and for what leads nowhere
record JsonPointer(String text, List<String> tokens) {

  JsonPointer {
    tokens = List.copyOf(tokens);
  }

  static JsonPointer parse(String text) {
    var tokens = new ArrayList<String>();
    int slash = text.indexOf('/');
    while (slash >= 0) {
      int end = text.indexOf('/', slash + 1);
      var token = text.substring(slash + 1, end < 0 ? text.length() : end);
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
      slash = end;
    }
    return new JsonPointer(text, tokens);
  }

  boolean isRoot() {
    return text.isEmpty();
  }

  /// Whether it is a place in an object or list.
  boolean isInside() {
    return !tokens.isEmpty();
  }

  List<String> parent() {
    return tokens.subList(0, tokens.size() - 1);
  }

  String last() {
    return tokens.getLast();
  }

  @Override
  public String toString() {
    return text;
  }
}
