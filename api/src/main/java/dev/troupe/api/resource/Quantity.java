package dev.troupe.api.resource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An amount of something, such as `500m` or `1Gi`, as Kubernetes reads and writes it.
///
/// @param text the canonical form: no fraction, the largest suffix that fits, the family of
///   suffixes that it was written with
public record Quantity(BigDecimal amount, String text) {

  private static final String FORMAT_WRONG =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String NUMBER_WRONG = "unable to parse numeric part of quantity";
  private static final String SUFFIX_WRONG = "unable to parse quantity's suffix";

  private static final String SUFFIX_CHARS = "eEinumkKMGTP";
  private static final String DECIMAL_SUFFIXES = "numkMGTPE";
  private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final int NANO = -9;
  private static final int MAX_LENGTH = 1000;

  /// Beyond any amount there is. What sums or compares such numbers digit by digit would never end.
  private static final int MAX_EXPONENT = 1000;

  private static final int LONG_DIGITS = 19;
  private static final int MILLI = 3;
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private enum Format {
    DECIMAL_SI,
    BINARY_SI,
    DECIMAL_EXPONENT
  }

  private record Suffix(Format format, int exponent) {}

  /// @throws IllegalArgumentException with Kubernetes' words if `text` is no quantity
  public static Quantity parse(String text) {
    return isPlain(text) ? new Quantity(new BigDecimal(text), text) : read(text.strip());
  }

  /// The amount, rounded up to a whole number. What does not fit is the largest number there is, or
  /// its negative.
  public long value() {
    return rounded(amount);
  }

  /// The amount in thousandths, rounded as [#value()] is.
  public long milliValue() {
    return rounded(amount.scaleByPowerOfTen(MILLI));
  }

  private static long rounded(BigDecimal amount) {
    if (amount.precision() - (long) amount.scale() > LONG_DIGITS) {
      return amount.signum() * Long.MAX_VALUE;
    }
    var whole = amount.setScale(0, RoundingMode.CEILING);
    return whole.min(MAX).max(MAX.negate()).longValueExact();
  }

  /// The canonical form of a quantity.
  ///
  /// @throws IllegalArgumentException with Kubernetes' words if `text` is no quantity
  public static String canonical(String text) {
    return isPlain(text) ? text : read(text.strip()).text();
  }

  /// A short whole number without suffix that is canonical already.
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0 || length > 15 || (text.charAt(0) == '0' && length > 1)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.endsWith("000");
  }

  private static Quantity read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(NUMBER_WRONG);
    }
    int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int point = skipDigits(text, start);
    int end =
        point < text.length() && text.charAt(point) == '.' ? skipDigits(text, point + 1) : point;
    if (text.isEmpty()) {
      throw new IllegalArgumentException(FORMAT_WRONG);
    }
    var suffix = suffix(text, end);
    var whole = stripZeros(text.substring(start, point));
    var fraction = point < end ? text.substring(point + 1, end) : "";
    var number = number(whole, fraction);
    if (number.signum() == 0) {
      return new Quantity(BigDecimal.ZERO, "0");
    }
    var amount = amount(number, suffix);
    var signed = text.charAt(0) == '-' ? amount.negate() : amount;
    return new Quantity(
        signed,
        isWrittenCanonically(whole, fraction, suffix) ? text : format(signed, suffix.format()));
  }

  private static int skipDigits(String text, int from) {
    int i = from;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String stripZeros(String digits) {
    int i = 0;
    while (i < digits.length() && digits.charAt(i) == '0') {
      i++;
    }
    return i == digits.length() ? "0" : digits.substring(i);
  }

  private static BigDecimal number(String whole, String fraction) {
    return new BigDecimal(new BigInteger(whole + fraction), fraction.length());
  }

  private static Suffix suffix(String text, int from) {
    int i = from;
    while (i < text.length() && SUFFIX_CHARS.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    if (skipDigits(text, i) != text.length()) {
      throw new IllegalArgumentException(FORMAT_WRONG);
    }
    return suffix(text.substring(from));
  }

  private static Suffix suffix(String suffix) {
    if (suffix.isEmpty()) {
      return new Suffix(Format.DECIMAL_SI, 0);
    }
    if (suffix.length() == 1 && DECIMAL_SUFFIXES.contains(suffix)) {
      int index = DECIMAL_SUFFIXES.indexOf(suffix);
      return new Suffix(Format.DECIMAL_SI, (index < 3 ? index - 3 : index - 2) * 3);
    }
    for (int i = 1; i < BINARY.length; i++) {
      if (BINARY[i].equals(suffix)) {
        return new Suffix(Format.BINARY_SI, i * 10);
      }
    }
    if (suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')) {
      return new Suffix(Format.DECIMAL_EXPONENT, exponent(suffix.substring(1)));
    }
    throw new IllegalArgumentException(SUFFIX_WRONG);
  }

  private static int exponent(String digits) {
    try {
      int exponent = Integer.parseInt(digits);
      if (Math.abs((long) exponent) <= MAX_EXPONENT) {
        return exponent;
      }
    } catch (NumberFormatException _) {
      // larger still
    }
    throw new IllegalArgumentException(SUFFIX_WRONG);
  }

  /// Kubernetes keeps what it read where a quick look finds it canonical, `1.500` included.
  private static boolean isWrittenCanonically(String whole, String fraction, Suffix suffix) {
    int digits = whole.length() + fraction.length();
    if (suffix.format() == Format.BINARY_SI) {
      int precision = 15 - digits - (int) (suffix.exponent() * 0.3f) - 1;
      return fraction.isEmpty() && precision >= 0 && (Long.parseLong(whole) & 7) != 0;
    }
    long scale = (long) suffix.exponent() - fraction.length();
    return digits <= 18
        && scale >= NANO
        && scale % 3 == 0
        && !(whole + fraction).endsWith("000")
        && whole.charAt(0) != '0';
  }

  private static BigDecimal amount(BigDecimal number, Suffix suffix) {
    var amount =
        suffix.format() == Format.BINARY_SI
            ? number.multiply(new BigDecimal(BigInteger.TWO.pow(suffix.exponent()))).min(MAX)
            : number.scaleByPowerOfTen(suffix.exponent());
    return amount.scale() > -NANO ? amount.setScale(-NANO, RoundingMode.UP) : amount;
  }

  private static String format(BigDecimal amount, Format format) {
    if (format == Format.BINARY_SI && amount.abs().compareTo(KIBI) >= 0 && isWhole(amount)) {
      return binary(amount.toBigIntegerExact());
    }
    return decimal(amount, format == Format.DECIMAL_EXPONENT);
  }

  private static boolean isWhole(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() <= 0;
  }

  private static String binary(BigInteger amount) {
    var rest = amount;
    int times = 0;
    while (rest.getLowestSetBit() >= 10) {
      rest = rest.shiftRight(10);
      times++;
    }
    return rest + BINARY[times];
  }

  private static String decimal(BigDecimal amount, boolean exponential) {
    var stripped = amount.stripTrailingZeros();
    long exponent = -(long) stripped.scale();
    int excess = (int) Math.floorMod(exponent, 3L);
    var digits = stripped.unscaledValue().multiply(BigInteger.TEN.pow(excess));
    exponent -= excess;
    if (exponent == 0) {
      return digits.toString();
    }
    boolean hasSuffix = !exponential && exponent <= 18;
    return digits + (hasSuffix ? DECIMAL[(int) exponent / 3 + 3] : "e" + exponent);
  }
}
