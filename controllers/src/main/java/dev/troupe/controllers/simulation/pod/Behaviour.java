package dev.troupe.controllers.simulation.pod;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.simulation.command.Script.End;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a simulated pod behaves. It runs at once, becomes ready and stops quickly, unless its
/// annotations say otherwise:
///
/// | annotation `simulation.troupe.dev/fail` | what happens |
/// | --- | --- |
/// | `crash-loop` | the containers exit with code 1 a second after each start |
/// | `image-pull` | the images cannot be pulled |
/// | `never-ready` | the containers run and are never ready |
/// | `slow-start=5s` | the containers start only after this time |
/// | `exit=0@3s` | the containers exit with this code this long after each start |
///
/// `simulation.troupe.dev/stop-after` is how long containers take to stop, at most the grace
/// period. Times are written as `300ms`, `5s` or `2m`. A container that exits is started again, or
/// not, by the pod's restart policy.
///
/// @param exit null if containers end when their commands do, if at all
/// @param mistake what is wrong with the annotations, null if nothing
public record Behaviour(
    Duration startAfter,
    Duration stopAfter,
    boolean pullsImages,
    boolean becomesReady,
    @Nullable End exit,
    @Nullable String mistake) {

  public static final String FAIL = "simulation.troupe.dev/fail";
  public static final String STOP_AFTER = "simulation.troupe.dev/stop-after";

  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Behaviour NORMAL =
      new Behaviour(Duration.ZERO, STOP, true, true, null, null);

  static Behaviour of(Pod pod) {
    var annotations = Labels.annotationsOf(pod);
    try {
      var behaviour = failing(annotations.getOrDefault(FAIL, ""));
      var stop = annotations.get(STOP_AFTER);
      return stop == null ? behaviour : behaviour.stoppingAfter(duration(stop));
    } catch (IllegalArgumentException e) {
      return new Behaviour(Duration.ZERO, STOP, true, true, null, e.getMessage());
    }
  }

  private static Behaviour failing(String mode) {
    int equals = mode.indexOf('=');
    var name = equals < 0 ? mode : mode.substring(0, equals);
    var value = equals < 0 ? "" : mode.substring(equals + 1);
    return switch (name) {
      case "" -> NORMAL;
      case "crash-loop" -> exiting(new End(1, Duration.ofSeconds(1)));
      case "image-pull" -> new Behaviour(Duration.ZERO, STOP, false, true, null, null);
      case "never-ready" -> new Behaviour(Duration.ZERO, STOP, true, false, null, null);
      case "slow-start" -> new Behaviour(duration(value), STOP, true, true, null, null);
      case "exit" -> exiting(exit(value));
      default -> throw new IllegalArgumentException("unknown failure mode \"" + mode + "\"");
    };
  }

  private static Behaviour exiting(End exit) {
    return new Behaviour(Duration.ZERO, STOP, true, true, exit, null);
  }

  private Behaviour stoppingAfter(Duration time) {
    return new Behaviour(startAfter, time, pullsImages, becomesReady, exit, mistake);
  }

  private static End exit(String value) {
    int at = value.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("\"exit=" + value + "\" is not like exit=0@3s");
    }
    return new End(number(value.substring(0, at)), duration(value.substring(at + 1)));
  }

  private static Duration duration(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(number(text.substring(0, text.length() - 2)));
    }
    if (text.endsWith("s")) {
      return Duration.ofSeconds(number(text.substring(0, text.length() - 1)));
    }
    if (text.endsWith("m")) {
      return Duration.ofMinutes(number(text.substring(0, text.length() - 1)));
    }
    throw new IllegalArgumentException("\"" + text + "\" is not a time like 300ms, 5s or 2m");
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("\"" + text + "\" is not a number");
    }
    return Integer.parseInt(text);
  }
}
