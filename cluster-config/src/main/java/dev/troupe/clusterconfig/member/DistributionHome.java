package dev.troupe.clusterconfig.member;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/// The directory that this program runs from: with `bin`, `lib` and what comes along.
public final class DistributionHome {

  private DistributionHome() {}

  /// Empty if it runs from somewhere else, as tests do.
  public static Optional<Path> find() {
    var source = DistributionHome.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      var lib = Path.of(source.getLocation().toURI()).getParent();
      return Optional.ofNullable(lib).filter(it -> it.endsWith("lib")).map(Path::getParent);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
