package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/// The configuration of a member: system properties win over the profile, the profile over the
/// modules' own settings.
final class MemberConfig {

  private MemberConfig() {}

  /// What the profile of one member says, and nothing else.
  static Config ofOne() {
    return ConfigFactory.parseResources("embedded.conf");
  }

  /// The same, complete.
  static Config complete() {
    return ConfigFactory.load(ofOne());
  }
}
