package dev.troupe.resources.expression.notation;

import dev.troupe.resources.expression.value.WrongValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version such as `1.2.3-beta.1+build`.
///
/// @param before what comes before a release: `beta`, `1`
/// @param build counts for equality of text alone
public record SemanticVersion(
    long major, long minor, long patch, List<String> before, List<String> build) {

  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern FORM =
      Pattern.compile(
          "%1$s\\.%1$s\\.%1$s(?:-(%2$s(?:\\.%2$s)*+))?(?:\\+([0-9a-zA-Z-]++(?:\\.[0-9a-zA-Z-]++)*+))?"
              .formatted(NUMBER, PART));
  private static final int LONGEST = 1024;
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /// @throws WrongValue if the text is no version
  public static SemanticVersion parse(String text, boolean normalize) {
    return attempt(text, normalize)
        .orElseThrow(
            () -> new WrongValue("invalid semantic version: no Major.Minor.Patch elements found"));
  }

  public static Optional<SemanticVersion> attempt(String text, boolean normalize) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(normalize ? normalized(text) : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SemanticVersion(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3)),
              parts(matcher.group(4)),
              parts(matcher.group(5))));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static List<String> parts(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split("\\."));
  }

  /// Without a `v`, without zeros in front of numbers, and with three numbers.
  private static String normalized(String text) {
    var parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
    for (int i = 0; i < parts.length; i++) {
      var part = parts[i].replaceFirst("^0+(?=.)", "");
      boolean digit = !part.isEmpty() && Character.isDigit(part.charAt(0));
      parts[i] = digit || parts[i].length() < 2 ? part : "0" + part;
    }
    var last = parts[parts.length - 1];
    boolean more = last.contains("+") || last.contains("-");
    return String.join(".", parts) + (more ? "" : ".0".repeat(3 - parts.length));
  }

  public long comparedTo(SemanticVersion other) {
    int numbers =
        major != other.major
            ? Long.compare(major, other.major)
            : minor != other.minor
                ? Long.compare(minor, other.minor)
                : Long.compare(patch, other.patch);
    return numbers != 0 ? numbers : compare(before, other.before);
  }

  private static int compare(List<String> one, List<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int compared = compare(one.get(i), other.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static int compare(String one, String other) {
    boolean number = DIGITS.matcher(one).matches();
    if (number != DIGITS.matcher(other).matches()) {
      return number ? -1 : 1;
    }
    return number
        ? new BigInteger(one).compareTo(new BigInteger(other))
        : Integer.signum(one.compareTo(other));
  }
}
