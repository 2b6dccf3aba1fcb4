package dev.troupe.resources.expression.notation;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.troupe.resources.expression.value.WrongValue;
import java.util.ArrayDeque;

/// A regular expression that is matched in linear time and memory: what repeats repetitions beyond
/// measure is none.
public final class RegularExpression {

  private static final int MOST_REPEATED = 1000;
  private static final int CACHED_CHARACTERS = 100_000;
  private static final Cache<String, RegularExpression> KNOWN =
      CacheBuilder.newBuilder()
          .maximumWeight(CACHED_CHARACTERS)
          .weigher((String text, RegularExpression _) -> text.length() + 1)
          .build();

  private final Pattern pattern;

  private RegularExpression(Pattern pattern) {
    this.pattern = pattern;
  }

  /// @throws WrongValue if it is none
  public static RegularExpression of(String text) {
    var known = KNOWN.getIfPresent(text);
    if (known != null) {
      return known;
    }
    if (repeats(text) > MOST_REPEATED) {
      throw new WrongValue("Illegal regex: error parsing regexp: invalid repeat count");
    }
    try {
      var compiled = new RegularExpression(Pattern.compile(text));
      KNOWN.put(text, compiled);
      return compiled;
    } catch (PatternSyntaxException e) {
      throw new WrongValue("Illegal regex: " + e.getMessage());
    }
  }

  public Matcher matcher(String text) {
    return pattern.matcher(text);
  }

  /// How often the most repeated part of an expression is written out, repetitions of repetitions
  /// multiplied.
  private static long repeats(String text) {
    var outer = new ArrayDeque<Long>();
    long inside = 1;
    long last = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        last = 1;
      } else if (c == '(') {
        outer.push(inside);
        inside = 1;
        last = 1;
      } else if (c == ')' && !outer.isEmpty()) {
        last = inside;
        inside = Math.max(inside, outer.pop());
      } else if (c == '{') {
        last = Math.min(last * count(text, i + 1), Integer.MAX_VALUE);
        inside = Math.max(inside, last);
      } else if (c != '}' && c != ',' && !Character.isDigit(c)) {
        last = 1;
      }
    }
    return outer.stream().reduce(inside, Math::max);
  }

  /// The largest number up to a brace.
  private static long count(String text, int from) {
    long most = 1;
    long number = 0;
    for (int i = from; i < text.length() && text.charAt(i) != '}'; i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        number = Math.min(number * 10 + c - '0', Integer.MAX_VALUE);
        most = Math.max(most, number);
      } else if (c == ',') {
        number = 0;
      } else {
        return 1;
      }
    }
    return most;
  }
}
