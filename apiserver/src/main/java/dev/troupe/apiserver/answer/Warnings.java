package dev.troupe.apiserver.answer;

import dev.troupe.apiserver.answer.Answer.Header;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// `Warning` headers: each text once, as much as Kubernetes would send.
final class Warnings {

  private static final int TOTAL = 4096;
  private static final int EACH = 256;

  private Warnings() {}

  static List<Header> headers(List<String> texts) {
    var distinct = new LinkedHashSet<>(texts);
    boolean cut = distinct.stream().mapToInt(String::length).sum() > TOTAL;
    var headers = new ArrayList<Header>();
    int total = 0;
    for (String text : distinct) {
      String shown = cut && text.length() > EACH ? text.substring(0, EACH) : text;
      total += shown.length();
      if (total > TOTAL) {
        break;
      }
      headers.add(new Header("Warning", "299 - " + quoted(shown)));
    }
    return headers;
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append(c < 0x20 ? ' ' : '?');
      }
    }
    return quoted.append('"').toString();
  }
}
