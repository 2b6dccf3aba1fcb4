package dev.troupe.clusterconfig.command.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Shows the report of a run to whoever sits in front of the machine, if there is somebody.
///
/// @param system as the JVM calls it
/// @param environment of this process
/// @param launcher starts a command, and does not wait for it
record ReportViewer(String system, Map<String, String> environment, Launcher launcher) {

  /// Starts programs.
  interface Launcher {

    void launch(List<String> command) throws IOException;
  }

  /// On this machine.
  static ReportViewer here() {
    return new ReportViewer(
        System.getProperty("os.name"),
        System.getenv(),
        command -> {
          var _ =
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
        });
  }

  /// @return what there is to be said of it; empty if it is shown
  String show(Path page) {
    var command = command(page.toAbsolutePath().toString());
    if (command.isEmpty()) {
      return "there is no desktop here: open %s in a browser".formatted(page);
    }
    try {
      launcher.launch(command.get());
      return "";
    } catch (IOException failure) {
      return "open %s in a browser: %s".formatted(page, failure.getMessage());
    }
  }

  private Optional<List<String>> command(String page) {
    var family = system.toLowerCase(Locale.ROOT);
    if (family.startsWith("mac")) {
      return Optional.of(List.of("open", page));
    }
    if (family.startsWith("win")) {
      return Optional.of(List.of("cmd", "/c", "start", "", page));
    }
    return has("DISPLAY") || has("WAYLAND_DISPLAY")
        ? Optional.of(List.of("xdg-open", page))
        : Optional.empty();
  }

  private boolean has(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }
}
