package dev.troupe.resources.validation;

import java.util.Optional;
import java.util.regex.Pattern;

/// What names of things may look like. Each check answers what is wrong, or nothing.
public final class Names {

  private static final int MAX_SUBDOMAIN = 253;
  private static final int MAX_LABEL = 63;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SEARCH_LABEL = Pattern.compile("[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?");
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

  private Names() {}

  public static Optional<String> subdomain(String name) {
    if (name.length() > MAX_SUBDOMAIN) {
      return Optional.of("must be no more than 253 bytes");
    }
    boolean valid = !name.isEmpty() && !name.endsWith(".");
    for (var part : name.split("\\.")) {
      valid &= LABEL.matcher(part).matches();
    }
    return valid
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                + " or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }

  /// A domain in which names are looked for: a subdomain that may have underscores.
  public static Optional<String> searchDomain(String name) {
    if (name.length() > MAX_SUBDOMAIN) {
      return Optional.of("must be no more than 253 bytes");
    }
    boolean valid = true;
    for (var part : name.split("\\.", -1)) {
      valid &= SEARCH_LABEL.matcher(part).matches();
    }
    return valid
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                + " '_', '-' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is"
                + " '[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?(\\.[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?)*')");
  }

  public static Optional<String> label(String name) {
    if (name.length() > MAX_LABEL) {
      return Optional.of("must be no more than 63 bytes");
    }
    return LABEL.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                + " '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
  }

  public static Optional<String> label1035(String name) {
    if (name.length() > MAX_LABEL) {
      return Optional.of("must be no more than 63 bytes");
    }
    return LABEL_1035.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
                + " an alphabetic character, and end with an alphanumeric character (e.g."
                + " 'my-name',  or 'abc-123', regex used for validation is"
                + " '[a-z]([-a-z0-9]*[a-z0-9])?')");
  }

  /// `prefix/name` or `name`, as keys of labels and annotations are.
  public static Optional<String> qualified(String key) {
    int slash = key.indexOf('/');
    if (slash >= 0 && key.indexOf('/', slash + 1) >= 0) {
      return Optional.of(
          "a qualified name "
              + QUALIFIED_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (slash == 0) {
      return Optional.of("prefix part must be non-empty");
    }
    if (slash > 0) {
      var prefix = subdomain(key.substring(0, slash));
      if (prefix.isPresent()) {
        return Optional.of("prefix part " + prefix.get());
      }
    }
    var name = key.substring(slash + 1);
    if (name.isEmpty()) {
      return Optional.of("name part must be non-empty");
    }
    if (name.length() > MAX_LABEL) {
      return Optional.of("name part must be no more than 63 bytes");
    }
    return QUALIFIED.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("name part " + QUALIFIED_RULE);
  }

  /// The key of what a config map or secret holds, which is the name of a file.
  public static Optional<String> key(String key) {
    if (key.length() > MAX_SUBDOMAIN) {
      return Optional.of("must be no more than 253 bytes");
    }
    if (!KEY.matcher(key).matches()) {
      return Optional.of(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
              + " '[-._a-zA-Z0-9]+')");
    }
    if (key.equals(".") || key.equals("..")) {
      return Optional.of("must not be '" + key + "'");
    }
    return key.startsWith("..") ? Optional.of("must not start with '..'") : Optional.empty();
  }

  public static Optional<String> labelValue(String value) {
    if (value.length() > MAX_LABEL) {
      return Optional.of("must be no more than 63 bytes");
    }
    return value.isEmpty() || QUALIFIED.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                + " or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',"
                + "  or 'my_value',  or '12345', regex used for validation is"
                + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
  }

  /// A name that is one segment of a URL and nothing else.
  public static Optional<String> pathSegment(String name) {
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("may not be '" + name + "'");
    }
    for (var illegal : new String[] {"/", "%"}) {
      if (name.contains(illegal)) {
        return Optional.of("may not contain '" + illegal + "'");
      }
    }
    return Optional.empty();
  }

  private static final String QUALIFIED_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
}
