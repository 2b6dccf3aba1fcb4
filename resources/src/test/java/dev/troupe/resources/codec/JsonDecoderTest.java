package dev.troupe.resources.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {

  private final JsonDecoder decoder = new JsonDecoder();

  @Test
  void keysThatComeTwiceAreNamedAndTheLastOneCounts() {
    var decoded =
        decoded("{\"spec\":{\"replicas\":1,\"c\":[{\"n\":1},{\"n\":1,\"n\":2}],\"replicas\":2}}");

    assertThat(decoded.duplicateFields()).containsExactly("spec.c[1].n", "spec.replicas");
    assertThat(decoded.value().toString())
        .isEqualTo("{\"spec\":{\"replicas\":2,\"c\":[{\"n\":1},{\"n\":2}]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":",
        "[1,]",
        "{} {}",
        "{}x",
        "nul",
        "{\"a\" 1}",
        "{'a':1}",
        "NaN",
        "01",
        "{\"a\":\"\u0001\"}",
        "\"\\ud8\"",
        "// c\n{}",
        "\uFEFF{}"
      })
  void whatIsNotExactlyOneValueIsRefused(String json) {
    assertThat(decoder.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.message())
                    .startsWith("couldn't get version/kind; json parse error: ")
                    .doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {a:1}           | invalid character 'a' looking for beginning of object key string
          {"a":1,}        | invalid character '}' looking for beginning of object key string
          {"a" 1}         | invalid character '1' after object key
          {"a":1 "b":2}   | invalid character '"' after object key:value pair
          [1 2]           | invalid character '2' after array element
          [1,]            | invalid character ']' looking for beginning of value
          NaN             | invalid character 'N' looking for beginning of value
          'a'             | invalid character '\\'' looking for beginning of value
          01              | invalid character '1' after top-level value
          {}}             | invalid character '}' after top-level value
          -x              | invalid character 'x' in numeric literal
          1.x             | invalid character 'x' after decimal point in numeric literal
          1ex             | invalid character 'x' in exponent of numeric literal
          "\\x"            | invalid character 'x' in string escape code
          "\\ud8"          | invalid character '"' in \\u hexadecimal character escape
          {"a":nil}       | invalid character 'i' in literal null (expecting 'u')
          {"a":[tru       | unexpected end of JSON input
          {"a":{"b":      | unexpected end of JSON input
          "a              | unexpected end of JSON input
          """)
  void theFirstFaultIsNamedAsClientsKnowIt(String json, String fault) {
    assertThat(decoder.decode(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Refused("couldn't get version/kind; json parse error: " + fault));
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    assertThat(decoder.decode("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(Refused.class);
    assertThat(decoder.decode("\uFEFF{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Refused(
                "couldn't get version/kind; json parse error: "
                    + "invalid character 'ï' looking for beginning of value"));
    assertThat(decoder.decode("\"a\0b\"".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Refused(
                "couldn't get version/kind; json parse error: "
                    + "invalid character '\\x00' in string literal"));
  }

  // bytes between the quotes, as Latin-1 | what they are read as, in Go too
  @ParameterizedTest
  @CsvSource({
    "a\u00C0\u00AFb, a\uFFFD\uFFFDb",
    "\u00ED\u00A0\u0080, \uFFFD\uFFFD\uFFFD",
    "\u00FF, \uFFFD",
    "\u00E2\u0082, \uFFFD\uFFFD",
    "\u00E2\u0082\u00AC\u00E2, \u20AC\uFFFD",
    "\u00F5\u0080x, \uFFFD\uFFFDx",
  })
  void bytesThatAreNoUtf8AreReplacedOneByOne(String latin, String read) {
    var json = ("{\"" + latin + "\":\"" + latin + "\"}").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(((Decoded) decoder.decode(json)).value().path(read).asString()).isEqualTo(read);
  }

  @Test
  void whatIsDeeperThanAnyTypeIsRefused() {
    assertThat(decoder.decode(nested(JsonDecoder.MAX_DEPTH - 1))).isInstanceOf(Decoded.class);
    for (int deep : new int[] {JsonDecoder.MAX_DEPTH, 9_000, 100_000}) {
      assertThat(decoder.decode(nested(deep)))
          .isEqualTo(
              new Refused("couldn't get version/kind; json parse error: exceeded max depth"));
    }
  }

  private static byte[] nested(int deep) {
    return ("{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + ",\"b\":1}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void depthAndNumbersAreBounded() {
    assertThat(decoder.decode("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Refused.class);
    assertThat(decoder.decode("9".repeat(2000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Refused.class);
  }

  private Decoded decoded(String json) {
    return (Decoded) decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
