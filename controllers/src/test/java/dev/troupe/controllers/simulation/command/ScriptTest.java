package dev.troupe.controllers.simulation.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {

  /// Words are parted by `|`. The end is `code@seconds`, or `-` where there is none.
  @ParameterizedTest
  @CsvSource(
      nullValues = "",
      quoteCharacter = '^',
      value = {
        // command,                              end,     output as seconds:line
        "true,                                   0@0,",
        "/bin/true,                              0@0,",
        "false,                                  1@0,",
        "sleep|5,                                0@5,",
        "sleep|0.5,                              0@0.5,",
        "sleep|1m|2s,                            0@62,",
        "sleep|1h,                               0@3600,",
        "sleep|infinity,                         -,",
        "sleep|soon,                             1@0,",
        "sleep,                                  1@0,",
        "sleep|999999999999999999d,              0@3155760000,",
        "exit|3,                                 3@0,",
        "exit|256,                               0@0,",
        "echo|hello|world,                       0@0,     0:hello world",
        "echo|-n|hello,                          0@0,     0:hello",
        "sh|-c|exit 7,                           7@0,",
        "/bin/sh|-c|sleep 3; exit 2,             2@3,",
        "sh|-c|echo a; sleep 2; echo b,          0@2,     0:a 2:b",
        "bash|-ec|false; echo no,                1@0,",
        "sh|-c|set -e; false; echo no,           1@0,",
        "sh|-c|set -e; false || echo yes,        0@0,     0:yes",
        "sh|-c|false; echo yes,                  0@0,     0:yes",
        "sh|-c|false && echo no,                 1@0,",
        "sh|-c|false && echo no || echo yes,     0@0,     0:yes",
        "sh|-c|true || echo no,                  0@0,",
        "sh|-c|echo 'a; b' \"c && d\",           0@0,     0:a; b c && d",
        "sh|-c|echo a\\ b # no,                  0@0,     0:a b",
        "sh|-c|exit 4; echo no,                  4@0,",
        "sh|-c|sh -c 'exit 5'; echo on; exit 6,  6@0,     0:on",
        "sh|-c|,                                 0@0,",
        "sh|-c|echo a; nginx; echo no,           -,       0:a",
        "sh,                                     -,",
        "sh|/script.sh,                          -,",
        "nginx,                                  -,",
        "sh|-c|while true; do sleep 1; done,     -,",
        "sh|-c|echo $HOME,                       -,",
        "sh|-c|echo a | cat,                     -,",
        "sh|-c|echo a > /dev/null,               -,",
        "sh|-c|echo 'open,                       -,",
        "sh|-c|sleep 5 & wait,                   -,",
        "echo|$(NAME),                           -,",
      })
  void knowsWhatSimpleCommandsDo(String command, String end, @Nullable String output) {
    var script = script(List.of(command.split("\\|(?!\\|)(?<!\\|\\|)", 3)));

    var found = script.end();
    assertThat(found == null ? "-" : found.code() + "@" + seconds(found.after())).isEqualTo(end);
    assertThat(
            script.sayings().stream()
                .map(s -> seconds(s.at()) + ":" + s.text())
                .collect(Collectors.joining(" ")))
        .isEqualTo(output == null ? "" : output);
  }

  @Test
  void imageAloneRunsForEver() {
    assertThat(Script.of(new ContainerBuilder().withName("main").build()).end()).isNull();
  }

  @Test
  void argumentsFollowTheCommand() {
    var container = new ContainerBuilder().withCommand("sleep").withArgs("4").build();

    assertThat(Script.of(container).end()).isEqualTo(new Script.End(0, Duration.ofSeconds(4)));
  }

  @Test
  void linesArePartedAndBounded() {
    assertThat(script(List.of("echo", "a\nb")).sayings())
        .extracting(Script.Saying::text)
        .containsExactly("a", "b");
    assertThat(script(List.of("echo", "\n".repeat(100_000))).sayings()).hasSize(1_000);
  }

  private static Script script(List<String> words) {
    return Script.of(new ContainerBuilder().withArgs(words).build());
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0
        ? Long.toString(time.toSeconds())
        : Double.toString(time.toMillis() / 1_000.0);
  }
}
