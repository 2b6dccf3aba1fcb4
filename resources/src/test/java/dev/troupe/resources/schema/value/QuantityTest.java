package dev.troupe.resources.schema.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
    "1e999999999,1e999999999",
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
  @ValueSource(strings = {"1KI", "1mm", "1i", "1KiB", "1e"})
  void unknownSuffixIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantity.canonical(text));
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
