package dev.troupe.resources.selector;

import dev.troupe.resources.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The grammar of label selectors: requirements with commas between them.
final class LabelSelectorParser {

  private static final String SPECIAL = "=!(),><";
  private static final List<String> SYMBOLS =
      List.of(")", ",", "!", "==", "=", ">", "<", "!=", "(");
  private static final String END = "";
  private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

  /// @param text empty at the end
  private record Token(String text, boolean word) {

    boolean is(String symbol) {
      return !word && text.equals(symbol);
    }
  }

  private final List<Token> tokens;
  private int position;

  LabelSelectorParser(String text) {
    this.tokens = tokens(text);
  }

  private static List<Token> tokens(String text) {
    var tokens = new ArrayList<Token>();
    int i = 0;
    while (i < text.length()) {
      int start = i;
      if (isSpace(text.charAt(i))) {
        i++;
      } else if (isSpecial(text.charAt(i))) {
        i += symbolLength(text, i);
        tokens.add(new Token(text.substring(start, i), false));
      } else {
        while (i < text.length() && !isSpace(text.charAt(i)) && !isSpecial(text.charAt(i))) {
          i++;
        }
        tokens.add(new Token(text.substring(start, i), true));
      }
    }
    tokens.add(new Token(END, false));
    return tokens;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isSpecial(char c) {
    return SPECIAL.indexOf(c) >= 0;
  }

  private static int symbolLength(String text, int at) {
    return at + 2 <= text.length() && SYMBOLS.contains(text.substring(at, at + 2)) ? 2 : 1;
  }

  private Token peek() {
    return tokens.get(Math.min(position, tokens.size() - 1));
  }

  private Token next() {
    var token = peek();
    position++;
    return token;
  }

  List<Requirement> requirements() {
    var requirements = new ArrayList<Requirement>();
    while (!peek().is(END)) {
      if (!begins(peek())) {
        throw found(peek(), ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirement());
      var separator = next();
      if (separator.is(END)) {
        break;
      }
      if (!separator.is(",")) {
        throw found(separator, ", expected: ',' or 'end of string'");
      }
      if (!begins(peek())) {
        throw found(peek(), ", expected: identifier after ','");
      }
    }
    return requirements;
  }

  private static boolean begins(Token token) {
    return token.word() || token.is("!");
  }

  private Requirement requirement() {
    try {
      return read();
    } catch (InvalidSelectorException e) {
      throw new InvalidSelectorException("unable to parse requirement: " + e.message());
    }
  }

  private Requirement read() {
    boolean negated = peek().is("!");
    if (negated) {
      next();
    }
    var key = next();
    if (!key.word()) {
      throw found(key, ", expected: identifier");
    }
    LabelSyntax.requireKey("<nil>", key.text());
    if (negated || peek().is(END) || peek().is(",")) {
      var operator = negated ? Operator.DOES_NOT_EXIST : Operator.EXISTS;
      return new Requirement(key.text(), operator, new TreeSet<>());
    }
    var operator = operator(next());
    boolean many = operator == Operator.IN || operator == Operator.NOT_IN;
    return new Requirement(key.text(), operator, many ? values() : exactValue());
  }

  private static Operator operator(Token token) {
    return switch (token.text()) {
      case "in" -> Operator.IN;
      case "notin" -> Operator.NOT_IN;
      case "=", "==" -> Operator.EQUALS;
      case "!=" -> Operator.NOT_EQUALS;
      case ">" -> Operator.GREATER_THAN;
      case "<" -> Operator.LESS_THAN;
      default -> throw found(token, ", expected: " + OPERATORS);
    };
  }

  /// An absent value is the empty one.
  private SortedSet<String> exactValue() {
    var values = new TreeSet<String>();
    if (peek().is(END) || peek().is(",")) {
      values.add("");
      return values;
    }
    var value = next();
    if (!value.word()) {
      throw found(value, ", expected: identifier");
    }
    values.add(value.text());
    return values;
  }

  /// Values in parentheses; an empty place between commas is the empty value.
  private SortedSet<String> values() {
    var open = next();
    if (!open.is("(")) {
      throw found(open, " expected: '('");
    }
    var values = new TreeSet<String>();
    boolean expectsValue = true;
    while (true) {
      var token = next();
      if (token.word() && expectsValue) {
        values.add(token.text());
        expectsValue = false;
      } else if (token.is(",") || token.is(")")) {
        if (expectsValue) {
          values.add("");
        }
        if (token.is(")")) {
          return values;
        }
        expectsValue = true;
      } else {
        throw found(
            token, expectsValue ? ", expected: ',', ')' or identifier" : ", expected: ',' or ')'");
      }
    }
  }

  private static InvalidSelectorException found(Token token, String rest) {
    return new InvalidSelectorException("found '" + token.text() + "'" + rest);
  }
}
