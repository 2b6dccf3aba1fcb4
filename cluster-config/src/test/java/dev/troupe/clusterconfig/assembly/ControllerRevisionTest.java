package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Plan;
import dev.troupe.controllers.BuiltInControllers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerRevisionTest {

  private static final String NAME = ControllerRevisionTest.class.getName();

  @TempDir Path directory;

  @Test
  void sameCodeAndSettingsAreTheSameRevision() {
    List<Class<?>> code = List.of(Plan.class, BuiltInControllers.class);

    assertThat(ControllerRevision.of(code, List.of("a", "b")))
        .isEqualTo(ControllerRevision.of(code.reversed(), List.of("a", "b")));
  }

  @Test
  void otherSettingsAreAnotherRevision() {
    List<Class<?>> code = List.of(Plan.class);

    assertThat(ControllerRevision.of(code, List.of("a", "b")))
        .isNotEqualTo(ControllerRevision.of(code, List.of("ab", "")));
  }

  @Test
  void otherContentOfAJarIsAnotherRevision() throws Exception {
    assertThat(ofJar("first.jar", 1))
        .isEqualTo(ofJar("second.jar", 1))
        .isNotEqualTo(ofJar("third.jar", 2));
  }

  @Test
  void otherContentOfADirectoryIsAnotherRevision() throws Exception {
    var file = directory.resolve(NAME.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, classFile());
    var before = ofPlace(directory);
    assertThat(ofPlace(directory)).isEqualTo(before);

    Files.writeString(directory.resolve("more"), "more");

    assertThat(ofPlace(directory)).isNotEqualTo(before);
  }

  @Test
  void codeThatNobodyKnowsIsAlwaysAnother() {
    List<Class<?>> code = List.of(String.class);

    assertThat(ControllerRevision.of(code, List.of()))
        .isNotEqualTo(ControllerRevision.of(code, List.of()));
  }

  private String ofJar(String name, int more) throws Exception {
    var jar = directory.resolve(name);
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (var entry : List.of(NAME.replace('.', '/') + ".class", "more")) {
        var at = new JarEntry(entry);
        at.setTime(0);
        out.putNextEntry(at);
        out.write(entry.equals("more") ? new byte[] {(byte) more} : classFile());
      }
    }
    return ofPlace(jar);
  }

  private static String ofPlace(Path place) throws Exception {
    URL[] places = {place.toUri().toURL()};
    try (var loader = new URLClassLoader(places, null) {}) {
      return ControllerRevision.of(List.of(loader.loadClass(NAME)), List.of());
    }
  }

  private static byte[] classFile() throws IOException {
    var name = "/" + NAME.replace('.', '/') + ".class";
    try (var in = Objects.requireNonNull(ControllerRevisionTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
