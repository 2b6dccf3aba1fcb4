package dev.troupe.clusterconfig.plugin;

import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.kinds.Kettle;
import dev.troupe.clusterconfig.kinds.Kettles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Makes jars with the controller of kettles.
final class KettleJar {

  private KettleJar() {}

  /// @param api for which it says that it was made
  /// @param source the class that its descriptor names
  static Path at(Path file, String api, String source) throws IOException, URISyntaxException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(ExtensionSource.API_ATTRIBUTE, api);
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      add(
          jar,
          "META-INF/services/" + ExtensionSource.class.getName(),
          source.getBytes(StandardCharsets.UTF_8));
      var place = Path.of(Kettle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      var room = place.resolve(Kettle.class.getPackageName().replace('.', '/'));
      try (var classes = Files.list(room)) {
        for (var one : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
          add(jar, place.relativize(one).toString(), Files.readAllBytes(one));
        }
      }
    }
    return file;
  }

  static Path at(Path file) throws IOException, URISyntaxException {
    return at(file, ExtensionSource.API, Kettles.class.getName());
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
