package dev.troupe.clusterconfig.command.create;

import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.member.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a project that is made.
///
/// @param distribution where Troupe itself can be had from; empty if nobody knows
record ControllerProject(ProjectName name, Optional<Path> distribution) {

  private static final String TEMPLATES = "/new/controller/";

  String kind() {
    return name.kind();
  }

  /// By their paths below the project.
  Map<String, String> files() {
    var sources = name.packageName().replace('.', '/') + "/";
    var main = "src/main/java/" + sources;
    var files = new LinkedHashMap<String, String>();
    files.put("pom.xml", filled("pom.xml"));
    files.put("README.md", filled("README.md"));
    files.put(".gitignore", "target/\n.troupe/\n");
    files.put("first.yaml", filled("first.yaml"));
    files.put(main + "package-info.java", filled("package-info.java"));
    files.put(main + kind() + ".java", filled("Kind.java"));
    files.put(main + kind() + "Controller.java", filled("KindController.java"));
    files.put(main + kind() + "Extension.java", filled("KindExtension.java"));
    files.put(
        "src/main/resources/META-INF/services/" + ExtensionSource.class.getName(),
        name.packageName() + "." + kind() + "Extension\n");
    files.put(
        "src/test/java/" + sources + kind() + "ControllerTest.java",
        filled("KindControllerTest.java"));
    return files;
  }

  /// Where a member is told to run it.
  private String troupe() {
    return distribution
        .map(home -> home.resolve("bin").resolve("troupe").toString())
        .orElse("troupe");
  }

  private Optional<Path> repository() {
    return distribution.map(home -> home.resolve("repository")).filter(Files::isDirectory);
  }

  private static String repositories(Path repository) {
    return """
      <repositories>
        <!-- Troupe is not published yet: it comes with its distribution. -->
        <repository>
          <id>troupe-distribution</id>
          <url>%s</url>
          <snapshots>
            <updatePolicy>always</updatePolicy>
            <checksumPolicy>ignore</checksumPolicy>
          </snapshots>
        </repository>
      </repositories>

    """
        .formatted(repository.toUri());
  }

  List<String> nextSteps(Path root) {
    return List.of("cd " + root, "mvn package", troupe() + " up --controllers " + jar());
  }

  private String jar() {
    return "target/%s-1.jar".formatted(name.name());
  }

  private String filled(String template) {
    var text = read(template);
    var values =
        Map.of(
            "@kind@", kind(),
            "@name@", name.name(),
            "@plural@", name.plural(),
            "@group@", name.group(),
            "@package@", name.packageName(),
            "@troupe.version@", Release.NAME,
            "@api@", ExtensionSource.API,
            "@troupe@", troupe(),
            "@jar@", jar(),
            "@repositories@", repository().map(ControllerProject::repositories).orElse(""));
    for (var value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return text;
  }

  private static String read(String template) {
    try (var in = ControllerProject.class.getResourceAsStream(TEMPLATES + template + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("there is no template " + template);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
