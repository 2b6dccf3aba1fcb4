package dev.troupe.resources.validation;

import java.util.List;

/// Collects what is accepted of one object and suspicious: what a client is told in `Warning`
/// headers. Bounded, as it repeats what the client has sent. Not thread-safe.
public final class FieldWarnings {

  private static final int MAX = 100;
  private static final int MAX_LENGTH = 4_096;

  private final List<String> texts;

  /// @param texts where they are added
  public FieldWarnings(List<String> texts) {
    this.texts = texts;
  }

  public void add(Path path, String words) {
    if (texts.size() < MAX) {
      add(path + ": " + words);
    }
  }

  public void add(String text) {
    if (texts.size() < MAX) {
      texts.add(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }
  }
}
