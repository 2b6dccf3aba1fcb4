package dev.troupe.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.5,500m",
    "1024Mi,1Gi",
    "1Gi,1Gi",
    "100m,100m",
    "1000m,1",
    "1000,1k",
    "1.5Gi,1536Mi",
    "0.1,100m",
    "1500,1500",
    "12e6,12e6",
    "1e3,1e3",
    "1E+3,1E+3",
    "5e2,500",
    "100000k,100M",
    "1Ki,1Ki",
    "1023Ki,1023Ki",
    "0.5Ki,512",
    "2048Ki,2Mi",
    "1.1Ki,1126400m",
    "0.0000000001,1n",
    "-0.5,-500m",
    "+5,+5",
    "007,007",
    "9223372036854775807,9223372036854775807",
    "1n,1n",
    "1000000n,1m",
    "00,0",
    "1.,1.",
    "16Ei,9223372036854775807",
    "1e-20,1e-9",
    "1.500,1.500",
    "128974848,128974848",
    "129e6,129e6",
    "0Ki,0",
    "123Mi,123Mi",
    "512Ki,512Ki",
    "1e308,100e306",
    "1e1000,10e999",
    "1e-1000,1e-9",
    "1.00000000001Ki,1024000000011n",
    "4k,4k",
    "3000000,3M",
    "0.25,250m"
  })
  void canonicalFormIsTheOneOfKubernetes(String text, String canonical) {
    assertThat(Quantity.canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1 Gi", "1Gi1x", "10Kii!", "1..2", "1,5"})
  void whatIsNoQuantityIsRefusedInKubernetesWords(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.canonical(text))
        .withMessageStartingWith("quantities must match the regular expression '^(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1KI",
        "1mm",
        "1i",
        "1KiB",
        "1e",
        "1e1001",
        "1e-1001",
        "1e99999999",
        "1e-99999999",
        "1e2147483647",
        "1e-2147483648",
        "1e2147483648",
        "1E99999999999999999999"
      })
  void unknownAndBoundlessSuffixIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantity.canonical(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "1,1,1000",
    "1n,1,1",
    "-1n,0,0",
    "1500m,2,1500",
    "1.0001,2,1001",
    "-1500m,-1,-1500",
    "9223372036854775807,9223372036854775807,9223372036854775807",
    "9223372036854775808,9223372036854775807,9223372036854775807",
    "9223372036854775807m,9223372036854776,9223372036854775807",
    "1e308,9223372036854775807,9223372036854775807",
    "-1e308,-9223372036854775807,-9223372036854775807",
    "1e1000,9223372036854775807,9223372036854775807",
    "99999999999Ei,9223372036854775807,9223372036854775807",
    "8Ei,9223372036854775807,9223372036854775807",
    "7Ei,8070450532247928832,9223372036854775807"
  })
  void wholeNumbersAreRoundedUpAndSaturate(String text, long value, long milliValue) {
    var quantity = Quantity.parse(text);

    assertThat(quantity.value()).isEqualTo(value);
    assertThat(quantity.milliValue()).isEqualTo(milliValue);
  }

  /// Against plain arithmetic, with digits and exponents of any length that is accepted.
  @Test
  void anyDecimalIsRoundedAsBigDecimalRoundsIt() {
    var random = new Random(11);
    var max = BigDecimal.valueOf(Long.MAX_VALUE);
    for (int i = 0; i < 20_000; i++) {
      var digits = new StringBuilder(random.nextBoolean() ? "" : "-");
      random
          .ints(1 + random.nextInt(random.nextBoolean() ? 20 : 200), 0, 10)
          .forEach(digits::append);
      if (random.nextBoolean()) {
        digits.append('.').append(random.nextInt(100_000));
      }
      int exponent =
          random.nextInt(random.nextBoolean() ? 20 : 1000) * (random.nextBoolean() ? 1 : -1);
      var text = digits + "e" + exponent;
      var exact =
          new BigDecimal(digits.toString())
              .scaleByPowerOfTen(exponent)
              .setScale(9, RoundingMode.UP);
      var read = Quantity.parse(text);
      assertThat(read.amount()).as(text).isEqualByComparingTo(exact);
      assertThat(read.value())
          .as(text)
          .isEqualTo(
              exact.setScale(0, RoundingMode.CEILING).min(max).max(max.negate()).longValue());
      assertThat(Quantity.parse(read.text()).amount()).as(text).isEqualByComparingTo(exact);
    }
  }

  @Test
  void canonicalFormsAreStableAndKeepTheAmount() {
    var random = new Random(7);
    var suffixes =
        new String[] {"", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-3", "T", "Ti"};
    for (int i = 0; i < 20_000; i++) {
      var text =
          random.nextInt(random.nextBoolean() ? 2000 : 100_000_000)
              + (random.nextBoolean() ? "" : "." + random.nextInt(1000))
              + suffixes[random.nextInt(suffixes.length)];
      var read = Quantity.parse(text);
      var again = Quantity.parse(read.text());
      assertThat(again.text()).as(text).isEqualTo(read.text());
      assertThat(again.amount()).as(text).isEqualByComparingTo(read.amount());
    }
  }
}
