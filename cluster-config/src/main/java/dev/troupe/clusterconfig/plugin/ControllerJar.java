package dev.troupe.clusterconfig.plugin;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One jar with controllers.
final class ControllerJar {

  private static final Logger LOG = LoggerFactory.getLogger(ControllerJar.class);
  private static final String SERVICE = "META-INF/services/" + ExtensionSource.class.getName();

  private ControllerJar() {}

  /// Its classes stay loaded as long as the process runs.
  ///
  /// @throws WrongConfigurationException if it cannot be used
  static Extension read(Path jar) {
    requireNobodyElseWrites(jar);
    requireFit(jar);
    try {
      var loader =
          new PluginLoader(
              jar.getFileName().toString(),
              jar.toUri().toURL(),
              ControllerJar.class.getClassLoader());
      var all = Extension.NONE;
      for (var source : ServiceLoader.load(ExtensionSource.class, loader)) {
        all = all.and(source.extension());
      }
      LOG.info("{} brings {}", jar, all);
      return all;
    } catch (ServiceConfigurationError | LinkageError | RuntimeException unusable) {
      throw wrong(jar, "cannot be used: " + reason(unusable), unusable);
    } catch (MalformedURLException impossible) {
      throw wrong(jar, "cannot be read: " + impossible.getMessage(), impossible);
    }
  }

  private static String reason(Throwable unusable) {
    var cause = unusable.getCause();
    var why = cause == null ? "" : " (" + cause + ")";
    return unusable instanceof LinkageError
        ? unusable + why + "; it may have been built against another version of Troupe's api"
        : unusable.getMessage() + why;
  }

  /// Whoever can write it could run anything in the control plane.
  private static void requireNobodyElseWrites(Path jar) {
    if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
      throw wrong(jar, "is no file that can be read: name a jar that there is", null);
    }
    try {
      if (Files.getPosixFilePermissions(jar).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw wrong(
            jar,
            "can be written by everybody on this machine, who could run code in the control plane:"
                + " take that away with chmod o-w",
            null);
      }
    } catch (UnsupportedOperationException _) {
      // Another kind of file system: nothing can be said.
    } catch (IOException e) {
      throw wrong(jar, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireFit(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      var api =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(ExtensionSource.API_ATTRIBUTE);
      if (api != null && !api.equals(ExtensionSource.API)) {
        throw wrong(
            jar,
            "was made for version %s of Troupe's api, and this is %s: build it against that"
                .formatted(api, ExtensionSource.API),
            null);
      }
      if (file.getEntry(SERVICE) == null) {
        throw wrong(
            jar,
            "brings no controllers: it needs a file %s that names a class".formatted(SERVICE),
            null);
      }
    } catch (IOException e) {
      throw wrong(jar, "is no jar, or is damaged: " + e.getMessage(), e);
    }
  }

  private static WrongConfigurationException wrong(
      Path jar, String what, @Nullable Throwable cause) {
    return new WrongConfigurationException(jar + " " + what, cause);
  }
}
