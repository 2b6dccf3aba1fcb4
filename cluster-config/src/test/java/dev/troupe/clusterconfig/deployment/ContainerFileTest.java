package dev.troupe.clusterconfig.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The image is made of the distribution and of nothing else, and runs as nobody.
class ContainerFileTest {

  private static final Path SOURCES = Path.of("src", "main", "distribution");

  /// What a build adds to what is in the sources.
  private static final List<String> BUILT = List.of("lib", "LICENSE");

  private record Instruction(String name, String arguments) {}

  private final List<Instruction> instructions = new ArrayList<>();

  @BeforeEach
  void parse() throws IOException {
    for (var line : Deploy.text("container/Containerfile").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        var words = line.split(" ", 2);
        instructions.add(new Instruction(words[0], words[1]));
      }
    }
  }

  private List<String> all(String name) {
    return instructions.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }

  /// What is copied from the distribution.
  static List<String> copied() throws IOException {
    return Deploy.text("container/Containerfile")
        .lines()
        .filter(line -> line.startsWith("COPY "))
        .map(line -> List.of(line.split(" ")))
        .flatMap(words -> words.subList(1, words.size() - 1).stream())
        .toList();
  }

  @Test
  void instructionsAreKnownAndFetchNothing() throws IOException {
    assertThat(instructions)
        .extracting(Instruction::name)
        .containsOnly(
            "ARG",
            "FROM",
            "COPY",
            "RUN",
            "USER",
            "WORKDIR",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "CMD");
    assertThat(all("ARG")).containsExactly("JAVA_IMAGE");
    assertThat(all("FROM")).containsExactly("${JAVA_IMAGE}");
    assertThat(all("RUN")).containsExactly("/opt/troupe/bin/troupe rehearse");
  }

  @Test
  void everythingOfTheDistributionIsCopied() throws IOException {
    try (var files = Files.list(SOURCES)) {
      var there = new ArrayList<>(BUILT);
      files.forEach(file -> there.add(file.getFileName().toString()));
      assertThat(copied()).containsExactlyInAnyOrderElementsOf(there);
    }
  }

  @Test
  void itRunsAsNobodyWhomKubernetesNamesToo() throws IOException {
    var security =
        Deploy.manifest("StatefulSet", "troupe").at("/spec/template/spec/securityContext");

    assertThat(all("USER"))
        .containsExactly(
            security.path("runAsUser").asInt() + ":" + security.path("runAsGroup").asInt());
  }

  @Test
  void itRunsTheCommandThatKubernetesRuns() throws IOException {
    var container = Deploy.manifest("StatefulSet", "troupe").at("/spec/template/spec/containers/0");

    assertThat(all("ENTRYPOINT")).containsExactly("[\"/opt/troupe/bin/troupe\"]");
    assertThat(all("CMD").getFirst().replace(" ", "")).isEqualTo(container.path("args").toString());
    assertThat(all("EXPOSE").getFirst().split(" "))
        .containsExactlyInAnyOrderElementsOf(
            container
                .path("ports")
                .valueStream()
                .map(port -> port.path("containerPort").asString())
                .toList());
  }
}
