package dev.troupe.controllers.simulation.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the text of a shell script as commands one after the other. Texts with anything else, such
/// as variables, pipes or redirections, are not understood.
final class ShellWords {

  private static final int LONGEST = 4_096;
  private static final String FOREIGN = "&|<>()`$*?[]~{}!";

  private enum After {
    ANYTHING,
    SUCCESS,
    FAILURE
  }

  /// One command, and after what it runs.
  record Step(After after, List<String> words) {

    boolean runsAfter(int status) {
      return switch (after) {
        case ANYTHING -> true;
        case SUCCESS -> status == 0;
        case FAILURE -> status != 0;
      };
    }

    /// Whether what came before may fail.
    boolean tests() {
      return after != After.ANYTHING;
    }
  }

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private After after = After.ANYTHING;
  private @Nullable StringBuilder word;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /// Empty if the text is not understood.
  static Optional<List<Step>> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var reader = new ShellWords(text);
    return reader.readAll() ? Optional.of(reader.steps) : Optional.empty();
  }

  private boolean readAll() {
    while (at < text.length()) {
      if (!readOne()) {
        return false;
      }
    }
    return endStep(After.ANYTHING) && after == After.ANYTHING;
  }

  private boolean readOne() {
    char c = text.charAt(at++);
    if (c == ';' || c == '\n') {
      return endStep(After.ANYTHING);
    }
    if (text.startsWith("&&", at - 1) || text.startsWith("||", at - 1)) {
      at++;
      return !isEmpty() && endStep(c == '&' ? After.SUCCESS : After.FAILURE);
    }
    if (FOREIGN.indexOf(c) >= 0) {
      return false;
    }
    switch (c) {
      case ' ', '\t', '\r' -> endWord();
      case '\'' -> {
        return quoted();
      }
      case '"' -> {
        return doublyQuoted();
      }
      case '\\' -> {
        if (at < text.length()) {
          word().append(text.charAt(at++));
        }
      }
      case '#' -> {
        if (word == null) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else {
          word().append(c);
        }
      }
      default -> word().append(c);
    }
    return true;
  }

  private boolean quoted() {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      return false;
    }
    word().append(text, at, end);
    at = end + 1;
    return true;
  }

  private boolean doublyQuoted() {
    var quoted = word();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '$' || c == '`') {
        return false;
      }
      boolean escapes = c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
      quoted.append(escapes ? text.charAt(at++) : c);
    }
    return false;
  }

  private StringBuilder word() {
    var present = word == null ? new StringBuilder() : word;
    word = present;
    return present;
  }

  private boolean isEmpty() {
    return word == null && words.isEmpty();
  }

  private void endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }

  /// An empty command is none; after `&&` and `||` there must be one, perhaps on another line.
  private boolean endStep(After next) {
    endWord();
    if (!words.isEmpty()) {
      steps.add(new Step(after, List.copyOf(words)));
      words.clear();
      after = next;
    }
    return true;
  }
}
