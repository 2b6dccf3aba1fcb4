package dev.troupe.controllers.simulation.command;

import dev.troupe.controllers.simulation.command.Script.End;
import dev.troupe.controllers.simulation.command.Script.Saying;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Carries out commands without waiting: what they write, and how much time they take, is noted.
final class Shell {

  private static final int MOST_SAYINGS = 1_000;
  private static final int DEEPEST = 4;
  private static final long LONGEST_SECONDS = Duration.ofDays(36_525).toSeconds();
  private static final Pattern TIME = Pattern.compile("(\\d{1,18}(?:\\.\\d{0,9})?)([smhd]?)");
  private static final Pattern CODE = Pattern.compile("\\d{1,9}");
  private static final Pattern SETTING = Pattern.compile("-[eux]+");

  private final List<Saying> sayings = new ArrayList<>();
  private Duration time = Duration.ZERO;
  private int status;
  private boolean stopsAtFailure;

  /// The script has come to its end.
  private boolean over;

  /// What comes now is not known, and takes for ever.
  private boolean endless;

  Script run(List<String> words) {
    carryOut(words, 0);
    return new Script(sayings, endless ? null : new End(status, time));
  }

  private void carryOut(List<String> words, int depth) {
    var rest = words.subList(1, words.size());
    var command = words.getFirst();
    switch (command.substring(command.lastIndexOf('/') + 1)) {
      case "true", ":" -> status = 0;
      case "false" -> status = 1;
      case "echo" -> say(rest);
      case "sleep" -> sleep(rest);
      case "exit" -> exit(rest);
      case "set" -> set(rest);
      case "sh", "bash", "ash", "dash" -> shell(rest, depth);
      default -> endless = true;
    }
  }

  private void say(List<String> words) {
    boolean option =
        !words.isEmpty() && (words.getFirst().equals("-n") || words.getFirst().equals("-e"));
    for (var line : String.join(" ", words.subList(option ? 1 : 0, words.size())).split("\n", -1)) {
      if (sayings.size() < MOST_SAYINGS) {
        sayings.add(new Saying(time, line));
      }
    }
    status = 0;
  }

  private void sleep(List<String> times) {
    var sum = BigDecimal.ZERO;
    for (var text : times) {
      if (text.equals("inf") || text.equals("infinity")) {
        endless = true;
        return;
      }
      var parts = TIME.matcher(text);
      if (!parts.matches()) {
        status = 1;
        return;
      }
      sum =
          sum.add(
              new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(seconds(parts.group(2)))));
    }
    status = times.isEmpty() ? 1 : 0;
    var total = sum.min(BigDecimal.valueOf(LONGEST_SECONDS)).multiply(BigDecimal.valueOf(1_000));
    time =
        Duration.ofMillis(Math.min(time.toMillis() + total.longValue(), LONGEST_SECONDS * 1_000));
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "m" -> 60;
      case "h" -> 3_600;
      case "d" -> 86_400;
      default -> 1;
    };
  }

  private void exit(List<String> words) {
    if (!words.isEmpty()) {
      status =
          CODE.matcher(words.getFirst()).matches() ? Integer.parseInt(words.getFirst()) & 255 : 2;
    }
    over = true;
  }

  private void set(List<String> words) {
    for (var word : words) {
      endless |= !SETTING.matcher(word).matches();
      stopsAtFailure |= word.contains("e");
    }
    status = 0;
  }

  /// `-c`, perhaps with other letters, and a text; what follows are its parameters.
  private void shell(List<String> words, int depth) {
    boolean given = words.size() >= 2 && words.getFirst().matches("-[eux]*c");
    var steps = given && depth < DEEPEST ? ShellWords.read(words.get(1)).orElse(null) : null;
    if (steps == null) {
      endless = true;
      return;
    }
    boolean stopped = stopsAtFailure;
    stopsAtFailure = words.getFirst().contains("e");
    status = 0;
    for (int i = 0; i < steps.size() && !over && !endless; i++) {
      var step = steps.get(i);
      if (step.runsAfter(status)) {
        carryOut(step.words(), depth + 1);
        boolean tested = i + 1 < steps.size() && steps.get(i + 1).tests();
        over |= stopsAtFailure && status != 0 && !tested;
      }
    }
    over = false;
    stopsAtFailure = stopped;
  }
}
