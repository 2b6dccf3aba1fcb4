package dev.troupe.resources.selector;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What keys and values of labels may look like.
final class LabelSyntax {

  private static final int MAX_NAME = 63;
  private static final int MAX_PREFIX = 253;
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private static final String PREFIX_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

  private LabelSyntax() {}

  static void requireKey(String path, String key) {
    require(path, key, keyProblem(key));
  }

  static void requireValue(String path, String value) {
    var problem =
        value.length() > MAX_NAME
            ? "must be no more than 63 bytes"
            : value.isEmpty() || NAME.matcher(value).matches() ? "" : VALUE_RULE;
    require(path, value, problem);
  }

  private static void require(String path, String value, String problem) {
    if (!problem.isEmpty()) {
      throw new InvalidSelectorException(path + ": Invalid value: \"" + value + "\": " + problem);
    }
  }

  static String quoted(Collection<String> values) {
    return values.stream()
        .map(value -> '"' + value + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String keyProblem(String key) {
    int slash = key.indexOf('/');
    if (key.indexOf('/', slash + 1) > slash && slash >= 0) {
      return "a qualified name "
          + NAME_RULE
          + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    }
    var prefix = slash < 0 ? "" : prefixProblem(key.substring(0, slash));
    return prefix.isEmpty() ? nameProblem(key.substring(slash + 1)) : prefix;
  }

  private static String prefixProblem(String prefix) {
    if (prefix.isEmpty()) {
      return "prefix part must be non-empty";
    }
    if (prefix.length() > MAX_PREFIX) {
      return "prefix part must be no more than 253 bytes";
    }
    return PREFIX.matcher(prefix).matches() ? "" : "prefix part " + PREFIX_RULE;
  }

  private static String nameProblem(String name) {
    if (name.isEmpty()) {
      return "name part must be non-empty";
    }
    if (name.length() > MAX_NAME) {
      return "name part must be no more than 63 bytes";
    }
    return NAME.matcher(name).matches() ? "" : "name part " + NAME_RULE;
  }
}
