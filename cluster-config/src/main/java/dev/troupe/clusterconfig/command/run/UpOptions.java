package dev.troupe.clusterconfig.command.run;

import dev.troupe.clusterconfig.engine.StoreLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is started with `up`, beside the data directory.
///
/// @param members how many processes; 0 for one member alone
/// @param controllers jars with controllers that were named
public record UpOptions(
    int port, int nodes, int members, StoreLocation store, List<Path> controllers) {

  public boolean areOfMany() {
    return members > 0;
  }

  /// The same as words of a command line.
  List<String> words() {
    var words =
        new ArrayList<>(
            List.of("--port", Integer.toString(port), "--nodes", Integer.toString(nodes)));
    if (areOfMany()) {
      words.addAll(List.of("--members", Integer.toString(members)));
    }
    var url = store.url();
    if (!url.isEmpty()) {
      words.addAll(List.of("--store", url));
    }
    controllers.forEach(
        jar -> words.addAll(List.of("--controllers", jar.toAbsolutePath().toString())));
    return words;
  }
}
