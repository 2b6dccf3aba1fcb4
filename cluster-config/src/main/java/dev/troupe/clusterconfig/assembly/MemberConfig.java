package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/// The configuration of a member's actor system: system properties win over the profile, the
/// profile over the modules' own settings.
final class MemberConfig {

  private MemberConfig() {}

  /// One member on embedded storage.
  static Config embedded() {
    return ConfigFactory.load(
        ConfigFactory.defaultOverrides()
            .withFallback(ConfigFactory.parseResources("embedded.conf")));
  }
}
