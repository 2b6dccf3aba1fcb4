package dev.troupe.resources.expression.notation;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.expression.value.WrongValue;
import java.math.BigDecimal;
import java.util.Optional;

/// What a quantity is worth, however it is written.
public record Amount(BigDecimal value) {

  public Amount {
    value = value.stripTrailingZeros();
  }

  /// @throws WrongValue in Kubernetes' words
  public static Amount parse(String text) {
    try {
      return new Amount(Quantity.parse(text).amount());
    } catch (IllegalArgumentException e) {
      throw new WrongValue(String.valueOf(e.getMessage()));
    }
  }

  public static boolean isOne(String text) {
    try {
      parse(text);
      return true;
    } catch (WrongValue _) {
      return false;
    }
  }

  public static Amount of(long value) {
    return new Amount(BigDecimal.valueOf(value));
  }

  public Optional<Long> whole() {
    try {
      return Optional.of(value.longValueExact());
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  public long wholeOrRefuse() {
    return whole().orElseThrow(() -> new WrongValue("cannot convert value to integer"));
  }

  public Amount plus(Amount other) {
    return new Amount(value.add(other.value));
  }

  public Amount minus(Amount other) {
    return new Amount(value.subtract(other.value));
  }

  public long comparedTo(Amount other) {
    return value.compareTo(other.value);
  }
}
