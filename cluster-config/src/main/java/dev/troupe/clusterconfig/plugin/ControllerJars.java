package dev.troupe.clusterconfig.plugin;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.member.DistributionHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The jars with controllers that a member runs: those that are named, and those in the directories
/// `plugins` of its data and of the distribution. Nothing is looked for anywhere else.
public final class ControllerJars {

  private static final String PLUGINS = "plugins";

  private ControllerJars() {}

  /// @param named by the operator
  /// @param data the data directory
  public static List<Path> of(List<Path> named, Path data) {
    var all = new LinkedHashSet<Path>();
    Stream.of(
            named.stream(),
            in(data.resolve(PLUGINS)),
            DistributionHome.find().map(home -> in(home.resolve(PLUGINS))).orElse(Stream.of()))
        .flatMap(jars -> jars)
        .forEach(jar -> all.add(jar.toAbsolutePath().normalize()));
    return List.copyOf(all);
  }

  private static Stream<Path> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }

  /// An extension with what the jars bring.
  ///
  /// @param taken the names of controllers that run anyway
  /// @throws WrongConfigurationException if one cannot be used; says which, why, and what to do
  public static Extension added(Extension to, List<Path> jars, Set<String> taken) {
    var whose = new LinkedHashMap<String, String>();
    taken.forEach(name -> whose.put(name, "Kubernetes' own"));
    names(to).forEach(name -> whose.put(name, "this program's own"));
    var all = to;
    for (var jar : jars) {
      var brought = ControllerJar.read(jar);
      names(brought).forEach(name -> claim(name, jar, whose));
      all = all.and(brought);
    }
    return all;
  }

  private static Stream<String> names(Extension extension) {
    return Stream.concat(
        extension.controllers().stream().map(Controller::name),
        extension.collectionControllers().stream().map(CollectionController::name));
  }

  private static void claim(String name, Path jar, Map<String, String> whose) {
    var former = whose.putIfAbsent(name, "of " + jar);
    if (former != null) {
      throw new WrongConfigurationException(
          ("%s brings a controller named %s, and so is called one that is %s: give it another name,"
                  + " or leave one of them out")
              .formatted(jar, name, former),
          null);
    }
  }
}
