package dev.troupe.resources.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A condition on selectable fields: every one of its terms. Without any it matches everything.
public record FieldSelector(List<Term> terms) {

  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  public static final String NAME = "metadata.name";
  public static final String NAMESPACE = "metadata.namespace";

  /// @param field the name under which the field is indexed
  public record Term(String field, boolean equal, String value) {}

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /// Reads a selector as it stands in a request, such as `metadata.name=a,status.phase!=Failed`.
  ///
  /// @param supported what may be selected by, with the names under which it is indexed
  /// @throws InvalidSelectorException with Kubernetes' words
  public static FieldSelector parse(String text, Map<String, String> supported) {
    var terms = new ArrayList<Term>();
    for (var part : split(text)) {
      if (!part.isEmpty()) {
        terms.add(term(text, part, supported));
      }
    }
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
  }

  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Term term(String selector, String part, Map<String, String> supported) {
    int at = part.indexOf('=');
    if (at < 0) {
      throw new InvalidSelectorException(
          "invalid selector: '" + selector + "'; can't understand '" + part + "'");
    }
    boolean negated = at > 0 && part.charAt(at - 1) == '!';
    int value = part.startsWith("==", at) && !negated ? at + 2 : at + 1;
    var name = part.substring(0, negated ? at - 1 : at);
    var unescaped = unescape(part.substring(value));
    var field = supported.get(name);
    if (field == null) {
      throw new InvalidSelectorException("field label not supported: " + name);
    }
    return new Term(field, !negated, unescaped);
  }

  private static String unescape(String value) {
    var out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        c = escaped(value, ++i);
      } else if (c == ',' || c == '=') {
        throw new InvalidSelectorException(
            "invalid field selector: unescaped character in value: " + (int) c);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static char escaped(String value, int at) {
    var c = at < value.length() ? value.substring(at, at + 1) : "";
    if (c.isEmpty() || !"\\,=".contains(c)) {
      throw new InvalidSelectorException("invalid field selector: invalid escape sequence: \\" + c);
    }
    return c.charAt(0);
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /// The one value that a field must have to match, if there is one.
  public Optional<String> exact(String field) {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  /// @param fields the selectable fields of the type; an absent one is empty
  public boolean matches(String namespace, String name, Map<String, String> fields) {
    for (var term : terms) {
      if (value(term.field(), namespace, name, fields).equals(term.value()) != term.equal()) {
        return false;
      }
    }
    return true;
  }

  private static String value(
      String field, String namespace, String name, Map<String, String> fields) {
    if (field.equals(NAME)) {
      return name;
    }
    @Nullable String value = field.equals(NAMESPACE) ? namespace : fields.get(field);
    return value == null ? "" : value;
  }
}
