package dev.troupe.resources.structural.text;

import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What texts must look like that have a format. Formats that are not known are not checked.
public final class Formats {

  private static final int MAX_HOST = 255;
  private static final Set<String> OF_INTEGERS = Set.of("int32", "int64");
  private static final Set<String> OF_NUMBERS = Set.of("float", "double");
  private static final Pattern LABEL =
      Pattern.compile("[\\p{L}\\p{S}0-9]([-\\p{L}\\p{S}0-9]*[\\p{L}\\p{S}0-9])?");
  private static final Pattern TOP = Pattern.compile("\\p{L}{2,63}");
  private static final Pattern MAIL =
      Pattern.compile("(?:[^<>@]*<)?[^\\s<>@,;:\\\\\"]+@[^\\s<>@,;:\\\\\"]+>?");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern GO_DURATION =
      Pattern.compile("[+-]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+");
  private static final Pattern LONG_DURATION =
      Pattern.compile(
          "[0-9]{1,18}\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|wk|week)",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, Predicate<String>> ALL =
      Map.ofEntries(
          Map.entry("bsonobjectid", matching("[0-9a-fA-F]{24}")),
          Map.entry("uri", Formats::isUri),
          Map.entry("email", text -> MAIL.matcher(text.strip()).matches()),
          Map.entry("hostname", Formats::isHostname),
          Map.entry("ipv4", text -> IpAddresses.isV4(plainOctets(text))),
          Map.entry("ipv6", IpAddresses::isV6),
          Map.entry("cidr", text -> IpAddresses.checkRange(plainOctets(text)).isEmpty()),
          Map.entry("mac", Formats::isMac),
          Map.entry("uuid", uuid("[0-9a-f]{4}-?[0-9a-f]{4}")),
          Map.entry("uuid3", uuid("3[0-9a-f]{3}-?[0-9a-f]{4}")),
          Map.entry("uuid4", uuid("4[0-9a-f]{3}-?[89ab][0-9a-f]{3}")),
          Map.entry("uuid5", uuid("5[0-9a-f]{3}-?[89ab][0-9a-f]{3}")),
          Map.entry("isbn", text -> Checksums.isIsbn10(text) || Checksums.isIsbn13(text)),
          Map.entry("isbn10", Checksums::isIsbn10),
          Map.entry("isbn13", Checksums::isIsbn13),
          Map.entry("creditcard", Checksums::isCreditCard),
          Map.entry("ssn", matching("[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}")),
          Map.entry("hexcolor", matching("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
          Map.entry("rgbcolor", rgb()),
          Map.entry(
              "byte",
              matching(
                  "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})")),
          Map.entry("password", _ -> true),
          Map.entry("date", Formats::isDate),
          Map.entry("duration", Formats::isDuration),
          Map.entry("datetime", Formats::isDateTime),
          Map.entry("k8sshortname", text -> Names.label(text).isEmpty()),
          Map.entry("k8slongname", text -> Names.subdomain(text).isEmpty()));

  private Formats() {}

  /// The format as far as it is one for the type; empty if it is not.
  public static String known(String format, String type, boolean intOrString) {
    var of = intOrString ? "" : type;
    return switch (of) {
      case "", "string" -> ALL.containsKey(normalized(format)) ? normalized(format) : "";
      case "integer" -> OF_INTEGERS.contains(format) ? format : "";
      case "number" -> OF_NUMBERS.contains(format) ? format : "";
      default -> "";
    };
  }

  /// Whether a format says anything where it is written.
  public static boolean isRecognized(String format, String type) {
    return format.isEmpty() || !known(format, type, false).isEmpty();
  }

  private static String normalized(String format) {
    return format.replace("-", "");
  }

  public static boolean matches(String format, String text) {
    var rule = ALL.get(format);
    return rule == null || rule.test(text);
  }

  private static Predicate<String> matching(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private static Predicate<String> uuid(String middle) {
    return Pattern.compile(
            "[0-9a-f]{8}-?[0-9a-f]{4}-?" + middle + "-?[0-9a-f]{12}", Pattern.CASE_INSENSITIVE)
        .asMatchPredicate();
  }

  private static Predicate<String> rgb() {
    var octet = "\\s*(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\s*";
    return matching("rgb\\(" + octet + "," + octet + "," + octet + "\\)");
  }

  /// Without the zeros that may lead the numbers of an IPv4 address.
  private static String plainOctets(String text) {
    return text.length() <= 64 && text.indexOf(':') < 0
        ? text.replaceAll("(^|\\.)0+(?=[0-9])", "$1")
        : text;
  }

  private static boolean isUri(String text) {
    try {
      var uri = new URI(text.replaceAll("[^\\x21-\\x7e]|[\"<>\\\\^`{|}]", "x"));
      return uri.isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static boolean isHostname(String text) {
    if (text.length() > MAX_HOST || text.isEmpty()) {
      return false;
    }
    var labels = text.split("\\.", -1);
    for (var label : labels) {
      if (label.length() > 63 || !LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return labels.length == 1 || TOP.matcher(labels[labels.length - 1]).matches();
  }

  private static boolean isMac(String text) {
    return text.length() <= 59
        && (text.matches("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}([:-][0-9a-fA-F]{2}){0,14}")
            || text.matches("[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}(\\.[0-9a-fA-F]{4}){0,7}"));
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text) != null;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    var parts = text.toLowerCase(Locale.ROOT).split("t", -1);
    if (parts.length < 2 || !isDate(parts[0]) || parts[1].length() > 64) {
      return false;
    }
    var time = TIME.matcher(parts[1]);
    return time.matches()
        && time.group(1).compareTo("23") <= 0
        && time.group(2).compareTo("59") <= 0
        && time.group(3).compareTo("59") <= 0;
  }

  private static boolean isDuration(String text) {
    return text.length() <= 1_000
        && (GO_DURATION.matcher(text).matches() || LONG_DURATION.matcher(text).find());
  }
}
