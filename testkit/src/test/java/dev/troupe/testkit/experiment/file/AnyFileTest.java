package dev.troupe.testkit.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.schedule.FaultSchedule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a file has in it, it is read or refused with its place, and one that is read has a
/// schedule.
class AnyFileTest {

  private static final int FILES = Integer.getInteger("troupe.files", 3_000);
  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n  ",
          "\n    - ",
          ": ",
          ":",
          "- ",
          "#",
          "&a ",
          "*a",
          "!!int ",
          "\"",
          "'",
          "[",
          "]",
          "{",
          "}",
          ", ",
          "|\n",
          ">\n",
          "%",
          "---\n",
          "...\n",
          "? ",
          "\t",
          "~",
          "<<: ",
          "\"\\UFFFFFFFF\"",
          "\"\\x07",
          "%YAML 9999.1\n",
          "\u0000",
          "\u0085",
          "\ufeff",
          "\ud83d\ude00",
          "-1",
          "0",
          "7",
          "99999999999",
          "5s",
          "1h..2h",
          "..",
          "yes",
          "all",
          "any",
          "owner",
          "kind",
          "at",
          "for",
          "who",
          "random",
          "planned",
          "of");

  private static void check(byte[] bytes, String what) {
    try {
      var plan = ExperimentReader.read("any.yaml", bytes);
      assertThat(FaultSchedule.of(plan, 1).length()).isPositive();
    } catch (RefusedExperiment refused) {
      assertThat(refused.why())
          .as(what)
          .matches("(?s)(any\\.yaml:[1-9][0-9]*:[1-9][0-9]*: |a run of |the faults need ).+");
    }
  }

  @Test
  void filesThatAreNearlyRightAreReadOrRefused() {
    for (int seed = 0; seed < FILES; seed++) {
      var random = new Random(seed);
      var names = BoxedExperiments.names();
      var text =
          new StringBuilder(
              new String(
                  BoxedExperiments.bytes(names.get(random.nextInt(names.size()))),
                  StandardCharsets.UTF_8));
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        change(text, random);
      }
      check(text.toString().getBytes(StandardCharsets.UTF_8), "seed " + seed + ":\n" + text);
    }
  }

  private static void change(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(12));
    var piece = PIECES.get(random.nextInt(PIECES.size()));
    switch (random.nextInt(4)) {
      case 0 -> text.insert(at, piece);
      case 1 -> text.delete(at, end);
      case 2 -> text.replace(at, end, piece);
      default -> text.insert(at, text.substring(at, end));
    }
  }

  @Test
  void filesOfAnyPiecesAreReadOrRefused() {
    for (int seed = 0; seed < FILES; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      check(text.toString().getBytes(StandardCharsets.UTF_8), "seed " + seed + ":\n" + text);
    }
  }

  @Test
  void anyBytesAreReadOrRefused() {
    for (int seed = 0; seed < FILES; seed++) {
      var random = new Random(seed);
      var bytes = new ByteArrayOutputStream();
      for (int count = random.nextInt(60); count > 0; count--) {
        bytes.write(random.nextInt(8) == 0 ? random.nextInt(256) : 32 + random.nextInt(95));
      }
      check(bytes.toByteArray(), "seed " + seed);
    }
  }
}
