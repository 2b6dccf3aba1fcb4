package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/// The configuration of a member that is alone: system properties win over its profile, the profile
/// over the modules' own settings. One among others has a [configuration
/// file][dev.troupe.clusterconfig.configuration.ConfigurationFile].
final class LoneProfile {

  private LoneProfile() {}

  /// What the profile says, and nothing else.
  static Config alone() {
    return ConfigFactory.parseResources("embedded.conf");
  }

  /// The same, complete.
  static Config complete() {
    return ConfigFactory.load(alone());
  }
}
