package dev.troupe.benchmarks.reconcile;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.command.TroupeCommand;
import java.nio.file.Path;
import java.util.List;

/// A member that runs the [ProbeController] itself.
public final class ProbeInMember {

  private ProbeInMember() {}

  public static void main(String[] words) {
    var all = List.of(words);
    var data = Path.of(all.get(all.indexOf("--data") + 1));
    var place = ProbePlace.of(data);
    TroupeCommand.run(
        ProbeInMember.class,
        Extension.of(new ProbeController(ProbeStats.serve(place.port()), place.writes())),
        words);
  }
}
