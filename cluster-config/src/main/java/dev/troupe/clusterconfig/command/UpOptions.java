package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.engine.StoreLocation;
import java.util.ArrayList;
import java.util.List;

/// What a member is started with, beside its data directory.
record UpOptions(int port, int nodes, StoreLocation store) {

  /// The same as words of a command line.
  List<String> words() {
    var words =
        new ArrayList<>(
            List.of("--port", Integer.toString(port), "--nodes", Integer.toString(nodes)));
    var url = store.url();
    if (!url.isEmpty()) {
      words.addAll(List.of("--store", url));
    }
    return words;
  }
}
