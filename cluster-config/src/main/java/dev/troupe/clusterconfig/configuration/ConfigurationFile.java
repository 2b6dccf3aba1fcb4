package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The file that a member among others is started with, and the layers around it: what the JVM is
/// told wins over the environment, that over the file, the file over its profile, and the profile
/// over the modules' own settings.
public final class ConfigurationFile {

  private static final String PROFILE = "troupe.profile";
  private static final List<String> PROFILES = List.of("production", "local-cluster");

  private ConfigurationFile() {}

  /// @throws WrongConfigurationException if something in it cannot be
  public static MemberConfiguration read(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new WrongConfigurationException("there is no file " + file + " that can be read", null);
    }
    try {
      return read(
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)),
          ConfigFactory.defaultOverrides()
              .withFallback(ConfigFactory.systemEnvironmentOverrides()));
    } catch (ConfigException wrong) {
      throw WrongConfigurationException.of(wrong);
    }
  }

  static MemberConfiguration read(Config file, Config overrides) {
    var reference = ConfigFactory.defaultReference();
    var own = overrides.withFallback(file);
    var layered = own.withFallback(profile(own.withFallback(reference)));
    var complete = layered.withFallback(reference).resolve();
    new KnownKeys(reference).require(complete);
    return MemberConfiguration.of(complete, layered);
  }

  private static Config profile(Config named) {
    // Others may refer to what only the profile says.
    var config = named.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    var profile = config.getString(PROFILE);
    if (!PROFILES.contains(profile)) {
      throw WrongConfigurationException.at(
          config,
          PROFILE,
          "%s is '%s', and can be one of %s".formatted(PROFILE, profile, PROFILES));
    }
    return ConfigFactory.parseResources(profile + ".conf");
  }
}
