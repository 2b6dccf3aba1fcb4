package dev.troupe.resources.codec;

/// Says what is wrong with a text that is no JSON, as clients of Kubernetes know it. Only asked
/// when something is wrong.
final class JsonComplaint {

  private static final String END = "unexpected end of JSON input";
  private static final String VALUE = "looking for beginning of value";
  private static final String KEY = "looking for beginning of object key string";

  private final byte[] text;
  private final StringBuilder open = new StringBuilder();
  private int at;

  private JsonComplaint(byte[] text) {
    this.text = text;
  }

  /// What is wrong, in words.
  ///
  /// @param otherwise if it is nothing about the grammar
  static String about(byte[] text, String otherwise) {
    try {
      new JsonComplaint(text).document();
      return otherwise;
    } catch (Found found) {
      return found.words;
    }
  }

  /// The first fault.
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String words;

    Found(String words) {
      super(words, null, false, false);
      this.words = words;
    }
  }

  private void document() {
    value(VALUE);
    while (!open.isEmpty()) {
      member();
    }
    if (space() >= 0) {
      throw unexpected("after top-level value");
    }
  }

  /// What follows a value inside of an object or array.
  private void member() {
    boolean object = open.charAt(open.length() - 1) == '{';
    int c = next();
    if (c == (object ? '}' : ']')) {
      open.setLength(open.length() - 1);
    } else if (c != ',') {
      at--;
      throw unexpected(object ? "after object key:value pair" : "after array element");
    } else if (object) {
      key(KEY);
    } else {
      value(VALUE);
    }
  }

  /// A value, or the beginning of one: what it contains is still open.
  private void value(String place) {
    int c = next();
    switch (c) {
      case '{' -> {
        open.append('{');
        if (peek() == '}') {
          at++;
          open.setLength(open.length() - 1);
        } else {
          key(KEY);
        }
      }
      case '[' -> {
        open.append('[');
        if (peek() == ']') {
          at++;
          open.setLength(open.length() - 1);
        } else {
          value(VALUE);
        }
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        at--;
        if (c != '-' && !isDigit(c)) {
          throw unexpected(place);
        }
        number();
      }
    }
  }

  private void key(String place) {
    if (next() != '"') {
      at--;
      throw unexpected(place);
    }
    string();
    if (next() != ':') {
      at--;
      throw unexpected("after object key");
    }
    value(VALUE);
  }

  private void string() {
    for (int c = read(); c != '"'; c = read()) {
      if (c < 0x20) {
        at--;
        throw unexpected("in string literal");
      }
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    int c = read();
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        if (Character.digit(read(), 16) < 0) {
          at--;
          throw unexpected("in \\u hexadecimal character escape");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      at--;
      throw unexpected("in string escape code");
    }
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (read() != word.charAt(i)) {
        at--;
        throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number() {
    if (text[at] == '-') {
      at++;
      digit("in numeric literal");
    }
    if (text[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length && text[at] == '.') {
      at++;
      digit("after decimal point in numeric literal");
      digits();
    }
    if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < text.length && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      digit("in exponent of numeric literal");
      digits();
    }
  }

  private void digits() {
    while (at < text.length && isDigit(text[at])) {
      at++;
    }
  }

  private void digit(String place) {
    if (!isDigit(read())) {
      at--;
      throw unexpected(place);
    }
    at--;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// The next character that is no space, taken.
  private int next() {
    int c = space();
    if (c < 0) {
      throw new Found(END);
    }
    at++;
    return c;
  }

  private int peek() {
    return space();
  }

  /// The next character that is no space; -1 at the end.
  private int space() {
    while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
      at++;
    }
    return at < text.length ? text[at] & 0xff : -1;
  }

  private int read() {
    if (at >= text.length) {
      throw new Found(END);
    }
    return text[at++] & 0xff;
  }

  private Found unexpected(String place) {
    return new Found("invalid character " + quoted(text[at] & 0xff) + " " + place);
  }

  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      default -> c < 0x20 || c == 0x7f ? "'\\x%02x'".formatted(c) : "'" + (char) c + "'";
    };
  }
}
