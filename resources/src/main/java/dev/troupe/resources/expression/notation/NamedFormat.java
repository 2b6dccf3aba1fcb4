package dev.troupe.resources.expression.notation;

import dev.troupe.resources.schema.value.Timestamps;
import dev.troupe.resources.validation.Names;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A form that texts can be held against, known by its name.
public enum NamedFormat {
  DNS_1123_LABEL("dns1123Label", 30),
  DNS_1123_SUBDOMAIN("dns1123Subdomain", 60),
  DNS_1035_LABEL("dns1035Label", 30),
  QUALIFIED_NAME("qualifiedName", 60),
  DNS_1123_LABEL_PREFIX("dns1123LabelPrefix", 30),
  DNS_1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", 60),
  DNS_1035_LABEL_PREFIX("dns1035LabelPrefix", 30),
  LABEL_VALUE("labelValue", 40),
  URI("uri", 1103),
  UUID("uuid", 97),
  BYTE("byte", 84),
  DATE("date", 135),
  DATETIME("datetime", 135);

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");
  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

  private final String text;
  private final int weight;

  NamedFormat(String text, int weight) {
    this.text = text;
    this.weight = weight;
  }

  public String text() {
    return text;
  }

  /// How long a regular expression for it is, which is what its use costs.
  public int weight() {
    return weight;
  }

  public static Optional<NamedFormat> of(String text) {
    for (var format : values()) {
      if (format.text.equals(text)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /// What is wrong with a text; empty if nothing is.
  public List<String> complaints(String given) {
    return complaint(given).stream().toList();
  }

  private Optional<String> complaint(String given) {
    return switch (this) {
      case DNS_1123_LABEL -> Names.label(given);
      case DNS_1123_SUBDOMAIN -> Names.subdomain(given);
      case DNS_1035_LABEL -> Names.label1035(given);
      case DNS_1123_LABEL_PREFIX -> Names.label(completed(given));
      case DNS_1123_SUBDOMAIN_PREFIX -> Names.subdomain(completed(given));
      case DNS_1035_LABEL_PREFIX -> Names.label1035(completed(given));
      case QUALIFIED_NAME -> Names.qualified(given);
      case LABEL_VALUE -> Names.labelValue(given);
      case URI -> unless(Url.attempt(given).isPresent(), "invalid URI for request");
      case UUID ->
          unless(
              UUID_FORM.matcher(given.toLowerCase(Locale.ROOT)).matches(),
              "does not match the UUID format");
      case BYTE -> unless(BASE64.matcher(given).matches(), "invalid base64");
      case DATE -> unless(isDate(given), "invalid date");
      case DATETIME -> unless(isTime(given), "invalid datetime");
    };
  }

  /// A prefix may end with a dash, after which something comes.
  private static String completed(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 2) + "a"
        : prefix;
  }

  private static Optional<String> unless(boolean fine, String complaint) {
    return fine ? Optional.empty() : Optional.of(complaint);
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      return !Timestamps.seconds(text).isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
