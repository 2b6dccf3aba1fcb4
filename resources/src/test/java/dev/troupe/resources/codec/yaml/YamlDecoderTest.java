package dev.troupe.resources.codec.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.troupe.resources.codec.Decoding.Decoded;
import dev.troupe.resources.codec.Decoding.Refused;
import dev.troupe.resources.codec.JsonDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDecoderTest {

  private final YamlDecoder decoder = new YamlDecoder();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes | true
          "yes" | "yes"
          Off | false
          0644 | 420
          0o17 | 15
          0x1F | 31
          1_000 | 1000
          1.0 | 1
          0.5 | 0.5
          1e3 | 1000
          ~ | null
          1.2.3 | "1.2.3"
          2026-01-01 | "2026-01-01"
          08 | 8
          - | [null]
          !!str 12 | "12"
          -7 | -7
          12345678901 | 12345678901
          """)
  void scalarsMeanWhatTheyMeanInYaml11(String yaml, String json) {
    assertThat(decoded(yaml).value().toString()).isEqualTo(json);
  }

  @Test
  void onlyTheFirstDocumentIsRead() {
    assertThat(decoded("a: 1\n---\nb: 2\n").value().toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aliasesAndMergeKeysAreFollowed() {
    assertThat(decoded("p: &x {a: 1, b: 2}\nq:\n  <<: *x\n  b: 3\nr: *x\n").value().toString())
        .isEqualTo("{\"p\":{\"a\":1,\"b\":2},\"q\":{\"b\":3,\"a\":1},\"r\":{\"a\":1,\"b\":2}}");
  }

  @Test
  void keysThatComeTwiceAreNamed() {
    assertThat(decoded("spec:\n  replicas: 1\n  replicas: 2\n").duplicateFields())
        .containsExactly("spec.replicas");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `a: b: c` | line 1: mapping values are not allowed in this context
          `a:\n\tb: c` | line 2: found character that cannot start any token
          `a: @x` | line 1: found character that cannot start any token
          `a: "\\\\UFFFFFFFF"` | found invalid Unicode character escape code
          `a: "\\\\ud800"` | found invalid Unicode character escape code
          `"\\\\udc00": a` | found invalid Unicode character escape code
          `a: "\1"` | control characters are not allowed
          """)
  void refusalsNameTheLineAndTheProblem(String yaml, String refusal) {
    assertThat(decoder.decode(unescaped(yaml).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Refused("error converting YAML to JSON: yaml: " + refusal));
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }

  /// Each of these took half a minute when the reader copied the token for every kilobyte.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | ` ` | ``
          `a: ` | x | ``
          `a: "` | x | `"`
          `a: '` | x | `'`
          `# ` | x | ``
          `a: |\n  ` | x | ``
          `a: &` | x | ` y`
          `a: !` | x | ` y`
          `a: ` | `- ` | ``
          `a: x` | ` ` | `y`
          `a: x` | `\n` | ` y`
          """)
  void oneTokenOfMegabytesTakesNoLonger(String before, String repeated, String after) {
    var count = 2_900_000 / repeated.translateEscapes().length();
    var yaml = before.translateEscapes() + repeated.translateEscapes().repeat(count) + after;
    var body = yaml.getBytes(StandardCharsets.UTF_8);

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> decoder.decode(body));
  }

  @Test
  void billionLaughsAreRefused() {
    var yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(decoder.decode(yaml.toString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Refused(
                "error converting YAML to JSON: yaml: document contains excessive aliasing"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a: [",
        "\t- a",
        "{a: 1}}",
        "? [a]\n: b",
        "a: *nowhere",
        "%YAML 3.0\n---\na",
        "&a [*a]"
      })
  void brokenYamlIsRefused(String yaml) {
    assertThat(decoder.decode(yaml.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Refused.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(decoder.decode("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    var json =
        "{\"a\":\"yes\",\"b\":\"0644\",\"c\":[],\"d\":{},\"e\":\"x\\ny\\n\",\"f\":[{\"g\":null,\"h\":1.5}],\"i\":\"\",\"j\":\"a:"
            + " b\",\"k\":\"# c\",\"on\":true,\"z\":\"ünïcode \\u0007\"}";
    var value = ((Decoded) new JsonDecoder().decode(json.getBytes(StandardCharsets.UTF_8))).value();

    var yaml = YamlEncoder.encode(value);

    assertThat(((Decoded) decoder.decode(yaml)).value())
        .as(new String(yaml, StandardCharsets.UTF_8))
        .isEqualTo(value);
  }

  private Decoded decoded(String yaml) {
    return (Decoded) decoder.decode(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
