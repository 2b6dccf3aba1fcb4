package dev.troupe.clusterconfig.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The classes of one jar, and of those that its manifest names. What controllers are written
/// against is Troupe's, whatever the jar has; everything else is its own, so that its libraries
/// meet neither those of Troupe nor those of another jar.
final class PluginLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /// The packages in whose words a jar and Troupe speak with each other.
  private static final List<String> SHARED =
      List.of(
          "dev.troupe.api.",
          "io.fabric8.kubernetes.",
          "io.fabric8.generator.",
          "io.fabric8.crd.",
          "com.fasterxml.jackson.annotation.",
          "tools.jackson.",
          "org.jspecify.",
          "org.slf4j.");

  private final ClassLoader shared;

  PluginLoader(String name, URL jar, ClassLoader shared) {
    super(name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    this.shared = shared;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return SHARED.stream().anyMatch(name::startsWith)
        ? shared.loadClass(name)
        : super.loadClass(name, resolve);
  }

  /// What is the jar's own, before what the platform has.
  @Override
  public @Nullable URL getResource(String name) {
    var own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return findResources(name);
  }
}
