package dev.troupe.clusterconfig.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Controller;
import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.kinds.Kettle;
import dev.troupe.clusterconfig.kinds.Kettles;
import dev.troupe.controllers.BuiltInControllers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a jar brings runs; one that cannot be used is refused with a sentence.
class ControllerJarsTest {

  @TempDir private Path directory;

  private static Extension added(Path... jars) {
    return ControllerJars.added(Extension.NONE, List.of(jars), Set.of());
  }

  private static void refused(Path jar, String... words) {
    assertThatThrownBy(() -> added(jar))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageStartingWith(jar.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void jarBringsItsControllersInClassesOfItsOwn() throws Exception {
    var brought = added(KettleJar.at(directory.resolve("kettle.jar")));

    assertThat(brought.controllers()).extracting(Controller::name).containsExactly("kettle");
    var kettle = brought.controllers().getFirst().resource();
    assertThat(kettle.getName()).isEqualTo(Kettle.class.getName());
    assertThat(kettle).isNotEqualTo(Kettle.class);
    assertThat(brought.kinds()).hasSize(1);
  }

  @Test
  void thoseInThePluginsOfTheDataDirectoryAreFoundInOrder() throws Exception {
    var plugins = Files.createDirectory(directory.resolve("plugins"));
    KettleJar.at(plugins.resolve("b.jar"));
    KettleJar.at(plugins.resolve("a.jar"));
    Files.writeString(plugins.resolve("README"), "no jar");
    var named = directory.resolve("named.jar");

    assertThat(ControllerJars.of(List.of(named, plugins.resolve("b.jar")), directory))
        .containsExactly(named, plugins.resolve("b.jar"), plugins.resolve("a.jar"));
  }

  @Test
  void whatIsNotThereOrNoJarIsRefused() throws Exception {
    refused(directory.resolve("none.jar"), "is no file that can be read");
    refused(Files.writeString(directory.resolve("text.jar"), "text"), "is no jar, or is damaged");
    var empty = directory.resolve("empty.jar");
    new JarOutputStream(Files.newOutputStream(empty)).close();
    refused(empty, "brings no controllers", ExtensionSource.class.getName());
  }

  @Test
  void jarForAnotherApiIsRefused() throws Exception {
    var jar = KettleJar.at(directory.resolve("old.jar"), "0.0", Kettles.class.getName());

    refused(jar, "was made for version 0.0 of Troupe's api, and this is " + ExtensionSource.API);
  }

  @Test
  void jarWhoseClassIsNotThereIsRefused() throws Exception {
    refused(
        KettleJar.at(directory.resolve("wrong.jar"), ExtensionSource.API, "com.example.Nobody"),
        "cannot be used",
        "com.example.Nobody");
  }

  @Test
  void jarThatEverybodyCanWriteIsRefused() throws Exception {
    var jar = KettleJar.at(directory.resolve("open.jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

    refused(jar, "can be written by everybody", "chmod o-w");
  }

  @Test
  void controllerThatExistsIsRefusedByNameAndOwner() throws Exception {
    var one = KettleJar.at(directory.resolve("one.jar"));
    var two = KettleJar.at(directory.resolve("two.jar"));

    assertThatThrownBy(() -> added(one, two))
        .hasMessageContainingAll("two.jar brings a controller named kettle", "that is of " + one);
    assertThatThrownBy(() -> ControllerJars.added(Extension.NONE, List.of(one), Set.of("kettle")))
        .hasMessageContaining("Kubernetes' own");
    assertThat(BuiltInControllers.names()).contains("deployment", "default-scheduler");
  }
}
