package dev.troupe.resources.structural.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// A regular expression as Go reads it, which finds in time that grows with the text alone.
public final class TextPattern {

  /// What nested repetitions may come to, as in Go: they are written out when they are compiled.
  private static final int MAX_REPEATS = 1_000;

  private static final int MAX_LENGTH = 10_000;

  private final Pattern compiled;

  private TextPattern(Pattern compiled) {
    this.compiled = compiled;
  }

  /// @throws IllegalArgumentException if it is none
  public static TextPattern of(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "error parsing regexp: expression is longer than " + MAX_LENGTH + " characters");
    }
    if (Repeats.product(text) > MAX_REPEATS) {
      throw new IllegalArgumentException(
          "error parsing regexp: invalid repeat count: `" + text + "`");
    }
    try {
      return new TextPattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// What is wrong with an expression.
  public static Optional<String> wrong(String text) {
    try {
      of(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Whether the text has it anywhere.
  public boolean isIn(String text) {
    return compiled.matcher(text).find();
  }

  @Override
  public String toString() {
    return compiled.pattern();
  }

  /// How often the innermost thing of an expression is repeated.
  private static final class Repeats {

    private final String text;
    private int at;

    private Repeats(String text) {
      this.text = text;
    }

    static long product(String text) {
      return new Repeats(text).group(0);
    }

    /// The largest product inside of a group, whose beginning has been read.
    private long group(int depth) {
      long most = 1;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == ')' && depth > 0) {
          return most;
        }
        long atom = 1;
        if (c == '(' && depth < MAX_REPEATS) {
          atom = group(depth + 1);
        } else if (c == '[') {
          skipClass();
        } else if (c == '\\') {
          skipEscape();
        }
        most = Math.max(most, Math.min(atom * count(), Integer.MAX_VALUE));
      }
      return most;
    }

    private void skipClass() {
      at += at < text.length() && text.charAt(at) == '^' ? 1 : 0;
      at += at < text.length() && text.charAt(at) == ']' ? 1 : 0;
      while (at < text.length() && text.charAt(at) != ']') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    /// A quotation `\Q…\E` has nothing in it that means anything.
    private void skipEscape() {
      if (at < text.length() && text.charAt(at) == 'Q') {
        int end = text.indexOf("\\E", at);
        at = end < 0 ? text.length() : end + 2;
      } else {
        at++;
      }
    }

    /// The bound of the repetitions that follow an atom, all of them.
    private long count() {
      long count = 1;
      while (at < text.length() && text.charAt(at) == '{') {
        int end = text.indexOf('}', at);
        var bounds = end < 0 ? "" : text.substring(at + 1, end);
        if (!bounds.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
          return count;
        }
        for (var bound : bounds.split(",", -1)) {
          count =
              Math.min(
                  count * Math.max(bound.isEmpty() ? 1 : Long.parseLong(bound), 1),
                  Integer.MAX_VALUE);
          if (bounds.indexOf(',') >= 0 && !bounds.endsWith(",")) {
            count = Math.max(Long.parseLong(bounds.substring(bounds.indexOf(',') + 1)), 1);
            break;
          }
        }
        at = end + 1;
        at += at < text.length() && text.charAt(at) == '?' ? 1 : 0;
      }
      return count;
    }
  }
}
