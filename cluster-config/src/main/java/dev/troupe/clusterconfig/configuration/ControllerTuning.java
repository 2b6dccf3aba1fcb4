package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import dev.troupe.api.controller.settings.ControllerSettings;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// What is configured about single controllers: `troupe.controllers`. It wins over what they say
/// themselves.
public final class ControllerTuning {

  private static final String ROOT = "troupe.controllers";
  private static final String FIRST = "back-off.first";
  private static final String MOST = "back-off.most";
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of("workers", FIRST, MOST, "rate", "priority", "resync", "deadline", "paused"));

  private final Config complete;

  private ControllerTuning(Config complete) {
    this.complete = complete;
  }

  /// @throws WrongConfigurationException if there is a key that no controller has
  public static ControllerTuning from(Config complete) {
    var tuning = new ControllerTuning(complete);
    tuning.names().forEach(tuning::checkKeys);
    return tuning;
  }

  private Set<String> names() {
    return complete.hasPath(ROOT) ? complete.getObject(ROOT).keySet() : Set.of();
  }

  private static String path(String controller) {
    return ROOT + "." + ConfigUtil.joinPath(controller);
  }

  private void checkKeys(String controller) {
    Config own;
    try {
      own = complete.getConfig(path(controller));
    } catch (ConfigException wrong) {
      throw WrongConfigurationException.of(wrong);
    }
    for (var entry : own.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        throw WrongConfigurationException.at(
            entry.getValue().origin(),
            "there is no key %s.%s; a controller has %s"
                .formatted(path(controller), entry.getKey(), String.join(", ", KEYS)));
      }
    }
  }

  /// @param names of all controllers that there are
  /// @throws WrongConfigurationException if something is configured about another one
  public void require(Collection<String> names) {
    for (var configured : names()) {
      if (!names.contains(configured)) {
        throw WrongConfigurationException.at(
            complete,
            path(configured),
            "%s: there is no controller %s; there are %s"
                .formatted(path(configured), configured, String.join(", ", new TreeSet<>(names))));
      }
    }
  }

  /// @param own what the controller says itself
  /// @throws WrongConfigurationException if something cannot be
  public ControllerSettings of(String controller, ControllerSettings own) {
    var path = path(controller);
    if (!complete.hasPath(path)) {
      return own;
    }
    try {
      return settings(complete.withOnlyPath(path), path + ".", own);
    } catch (ConfigException wrong) {
      throw WrongConfigurationException.of(wrong);
    } catch (IllegalArgumentException wrong) {
      throw WrongConfigurationException.at(complete, path, path + "." + wrong.getMessage());
    }
  }

  private static ControllerSettings settings(Config said, String at, ControllerSettings own) {
    return new ControllerSettings(
        or(said, at + "workers", Config::getInt, own.workers()),
        or(said, at + FIRST, Config::getDuration, own.backOffFirst()),
        or(said, at + MOST, Config::getDuration, own.backOffMost()),
        or(said, at + "rate", Config::getDouble, own.rate()),
        or(said, at + "priority", Config::getInt, own.priority()),
        or(said, at + "resync", Config::getDuration, own.resync()),
        or(said, at + "deadline", Config::getDuration, own.deadline()),
        or(said, at + "paused", Config::getBoolean, own.paused()));
  }

  private static <T> T or(Config said, String key, BiFunction<Config, String, T> read, T own) {
    return said.hasPath(key) ? read.apply(said, key) : own;
  }
}
