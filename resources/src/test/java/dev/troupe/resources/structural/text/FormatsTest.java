package dev.troupe.resources.structural.text;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          date-time, 2026-01-02T03:04:05Z, yesterday
          date-time, 2026-01-02t03:04:05.123+01:00, 2026-01-02T24:00:00Z
          date, 2026-02-28, 2026-02-30
          duration, 1h30m, soon
          duration, 3 weeks, -
          uri, https://example.com/a?b=c, example.com/a
          uri, /path, a b
          email, a@example.com, a.example.com
          hostname, example.com, -a.example.com
          hostname, a1, a_b
          ipv4, 10.0.0.1, 10.0.0.256
          ipv6, fe80::1, 10.0.0.1
          cidr, 10.0.0.0/8, 10.0.0.0
          mac, 01:02:03:04:05:06, 01:02:03
          uuid, 123e4567-e89b-12d3-a456-426614174000, 123e4567
          uuid4, 123e4567-e89b-42d3-a456-426614174000, 123e4567-e89b-12d3-a456-426614174000
          isbn10, 0321751043, 0321751044
          isbn13, 978-0321751041, 978-0321751042
          creditcard, 4111-1111-1111-1111, 4111-1111-1111-1112
          ssn, 111-22-3333, 111-22-333
          hexcolor, #FFFFFF, #FFFFF
          rgbcolor, 'rgb(1,2,255)', 'rgb(1,2,256)'
          byte, YWJj, YWJ
          k8s-short-name, my-name, My-name
          """)
  void textsHaveAFormatOrNot(String format, String good, String bad) {
    var known = Formats.known(format, "string", false);

    assertThat(known).isNotEmpty();
    assertThat(Formats.matches(known, good)).as(good).isTrue();
    assertThat(Formats.matches(known, bad)).as(bad).isFalse();
  }

  @Test
  void formatsAreKnownForTheirTypeAlone() {
    assertThat(Formats.known("int32", "integer", false)).isEqualTo("int32");
    assertThat(Formats.known("int32", "string", false)).isEmpty();
    assertThat(Formats.known("date", "object", false)).isEmpty();
    assertThat(Formats.known("nothing", "string", false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|aa)+$",
        "([a-z]+)*!",
        "(a{1,30}){1,30}$",
        "^(([a-z])+.)+[A-Z]([a-z])+$"
      })
  void expressionsThatExplodeElsewhereFindInNoTime(String pattern) {
    var text = "a".repeat(30_000) + "!";

    assertTimeoutPreemptively(ofSeconds(10), () -> TextPattern.of(pattern).isIn(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(((a{100}){100}){100}){100}",
        "a{1001}",
        "(a{2,900}){3,}",
        "(",
        "a**b[",
        "(?<!a)b",
        "\\1"
      })
  void expressionsThatAreTooLargeOrNoneAreRefusedAtOnce(String pattern) {
    assertTimeoutPreemptively(
        ofSeconds(5),
        () ->
            assertThatThrownBy(() -> TextPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("error parsing regexp: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        "^([0-9]{1,3}\\.){3}[0-9]{1,3}$",
        "\\{1000}\\{1000}",
        "[{1000}]{5}",
        "^.{0,1000}$",
        "\\p{L}+",
        "(a{30}){30}"
      })
  void usualExpressionsAreTaken(String pattern) {
    assertThat(TextPattern.of(pattern)).hasToString(pattern);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "0.5,0.5",
    "100000,100000",
    "1e6,1e+06",
    "1234567,1.234567e+06",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "-2.5,-2.5",
    "0,0"
  })
  void numbersAreWrittenAsGoWritesThem(double number, String text) {
    assertThat(GoText.of(number)).isEqualTo(text);
  }
}
