package dev.troupe.testkit.experiment.plot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// HTML that is well-formed XML as well, put together from tags, attributes and text. Text and
/// values are escaped here and nowhere else: names come from files and servers of strangers.
public final class Markup {

  private static final Set<String> VOID = Set.of("meta", "link", "br", "col");

  /// Stands for characters that XML does not have, or that turn the direction of what follows.
  private static final int REPLACEMENT = 0xFFFD;

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /// @param attributes names and values by turns
  public Markup open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    if (VOID.contains(tag)) {
      out.append("/>");
    } else {
      out.append('>');
      open.push(tag);
    }
    return this;
  }

  public Markup close() {
    var tag = open.pop();
    out.append("</").append(tag).append('>');
    if (tag.matches("p|h[1-6]|tr|li|svg|section|figure|div|table|header|path")) {
      out.append('\n');
    }
    return this;
  }

  public Markup text(String text) {
    escape(text);
    return this;
  }

  /// An element with nothing but a text in it.
  public Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /// Style sheets of our own: what is in them is not escaped, in HTML, and so must need no escape.
  ///
  /// @throws IllegalArgumentException if it does
  public Markup style(String css) {
    if (css.matches("(?s).*[<>&].*")) {
      throw new IllegalArgumentException("a style sheet that reads otherwise as HTML than as XML");
    }
    open("style");
    out.append(css);
    return close();
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(character -> {
          switch (character) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(isShown(character) ? character : REPLACEMENT);
          }
        });
  }

  private static boolean isShown(int character) {
    boolean isSpace = character == '\n' || character == '\t';
    boolean isControl = Character.isISOControl(character) && !isSpace;
    boolean isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    boolean turns =
        (character >= 0x202A && character <= 0x202E)
            || (character >= 0x2066 && character <= 0x2069);
    return !isControl && !isSurrogate && !turns && (character & 0xFFFE) != 0xFFFE;
  }

  /// @throws IllegalStateException if something is still open
  public String done() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(open + " are open");
    }
    return "<!DOCTYPE html>\n" + out;
  }
}
