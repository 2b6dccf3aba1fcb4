package dev.troupe.clusterconfig.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.yaml.YamlDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The files in `deploy`, as its tests read them.
final class Deploy {

  static final Path DIRECTORY = Path.of("..", "deploy");

  private Deploy() {}

  static String text(String file) throws IOException {
    return Files.readString(DIRECTORY.resolve(file));
  }

  /// The documents of all manifests.
  static List<ObjectNode> manifests() throws IOException {
    var documents = new ArrayList<ObjectNode>();
    try (var files = Files.list(DIRECTORY.resolve("kubernetes"))) {
      for (var file :
          files.filter(file -> !file.endsWith("kustomization.yaml")).sorted().toList()) {
        for (var document : Files.readString(file).split("(?m)^---$")) {
          documents.add(yaml(document));
        }
      }
    }
    return documents;
  }

  static ObjectNode yaml(String text) {
    return switch (new YamlDecoder().decode(text.getBytes(StandardCharsets.UTF_8))) {
      case Decoding.Decoded(var value, var duplicates) -> {
        assertThat(duplicates).as(text).isEmpty();
        yield (ObjectNode) value;
      }
      case Decoding.Refused(var why) -> throw new AssertionError(why + "\n" + text);
    };
  }

  /// The one manifest of a kind and name.
  static ObjectNode manifest(String kind, String name) throws IOException {
    return manifests().stream()
        .filter(document -> document.path("kind").asString("").equals(kind))
        .filter(document -> document.at("/metadata/name").asString("").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }
}
