package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The keys that there are below `troupe`: those of the reference configuration, and those that
/// name a type.
final class KnownKeys {

  private static final String ROOT = "troupe.";

  /// What is below is named by whoever configures, and looked at where it is used.
  private static final List<String> OPEN =
      List.of(ROOT + "runtime.partitions.", ROOT + "controllers.");

  /// What the JVM of a member is told beside its configuration.
  private static final Set<String> OF_THE_PROCESS = Set.of(ROOT + "data", ROOT + "log");

  /// Whoever is off by more means something else.
  private static final int FAR = 4;

  private final Set<String> known = new TreeSet<>();

  KnownKeys(Config reference) {
    reference.getConfig("troupe").entrySet().forEach(entry -> known.add(ROOT + entry.getKey()));
  }

  /// @throws WrongConfigurationException if there is a key below `troupe` that nobody reads
  void require(Config resolved) {
    resolved.getConfig("troupe").entrySet().stream()
        .map(entry -> new Unknown(ROOT + entry.getKey(), entry.getValue()))
        .filter(entry -> !isKnown(entry.key()))
        .min(Comparator.comparing(Unknown::key))
        .ifPresent(unknown -> {
          throw WrongConfigurationException.at(unknown.value().origin(), sentence(unknown.key()));
        });
  }

  private record Unknown(String key, ConfigValue value) {}

  private boolean isKnown(String key) {
    return known.contains(key)
        || OF_THE_PROCESS.contains(key)
        || OPEN.stream().anyMatch(key::startsWith);
  }

  private String sentence(String key) {
    if (known.stream().anyMatch(other -> other.startsWith(key + "."))) {
      return key + " is no value: there are keys below it";
    }
    return known.stream()
        .filter(other -> distance(key, other) < FAR)
        .min(Comparator.comparingInt(other -> distance(key, other)))
        .map(near -> "there is no key %s; %s is meant?".formatted(key, near))
        .orElseGet(() -> "there is no key " + key);
  }

  /// How many letters must be changed, added or taken away to make one of the other.
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
