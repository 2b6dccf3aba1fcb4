package dev.troupe.controllers.simulation.command;

import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command of a simulated container does, as far as it is made of `true`, `false`, `echo`,
/// `sleep` and `exit`, alone or in a shell.
///
/// @param end null if it runs until it is stopped, as all do that are not known here
public record Script(List<Saying> sayings, @Nullable End end) {

  /// A line of output, and how long after the start it is written.
  public record Saying(Duration at, String text) {}

  /// How, and how long after the start, it ends by itself.
  public record End(int code, Duration after) {}

  private static final Script ENDLESS = new Script(List.of(), null);

  public Script {
    sayings = List.copyOf(sayings);
  }

  public static Script of(Container container) {
    var words = new ArrayList<String>();
    if (container.getCommand() != null) {
      words.addAll(container.getCommand());
    }
    if (container.getArgs() != null) {
      words.addAll(container.getArgs());
    }
    // A variable would have to be replaced.
    return words.isEmpty() || words.stream().anyMatch(word -> word.contains("$("))
        ? ENDLESS
        : new Shell().run(words);
  }
}
