package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.TroupeProcess;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The definitions that operators publish, and their example objects, held against what Kubernetes
/// makes of them. They are not here: the property `troupe.definitions` names a directory with one
/// directory per operator, in that `definitions` and `examples` with one object as JSON per file,
/// and `kubernetes.tsv` with the name of each example and the code by which Kubernetes answers its
/// creation. Prints the table of `docs/compatibility.md`.
@EnabledIfSystemProperty(named = "troupe.definitions", matches = ".+")
class PublishedDefinitionsIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  @TempDir private Path directory;

  private record Type(String plural, boolean namespaced) {}

  @Test
  void operatorsFindWhatTheyFindElsewhere() throws Exception {
    var wrong = new ArrayList<String>();
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0);
        var client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(troupe.kubeconfig())))
                .build();
        var operators = Files.list(Path.of(System.getProperty("troupe.definitions")))) {
      System.out.println("| operator | definitions | examples accepted | refused |");
      for (var operator : operators.sorted().toList()) {
        System.out.println(tried(client, operator, wrong));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String tried(KubernetesClient client, Path operator, List<String> wrong)
      throws IOException {
    var types = new HashMap<String, Type>();
    var names = new ArrayList<String>();
    for (var file : files(operator.resolve("definitions"))) {
      var text = Files.readString(file);
      int code = post(client, DEFINITIONS, text);
      if (code != 201) {
        wrong.add(file + ": " + code);
      } else {
        names.add(learn(types, (ObjectNode) JSON.readTree(text)));
      }
    }
    names.forEach(name -> awaitEstablished(client, name));
    var codes = new TreeMap<Integer, Long>();
    var expected = expected(operator.resolve("kubernetes.tsv"));
    for (var file : files(operator.resolve("examples"))) {
      int code = create(client, types, (ObjectNode) JSON.readTree(file));
      codes.merge(code, 1L, Long::sum);
      if (code != expected.getOrDefault(file.getFileName().toString(), code)) {
        wrong.add(file + ": " + code);
      }
    }
    names.forEach(name -> client.raw(DEFINITIONS + "/" + name, "DELETE", null));
    long fine = codes.getOrDefault(201, 0L);
    long refused = codes.values().stream().mapToLong(Long::longValue).sum() - fine;
    return "| %s | %d | %d | %d |".formatted(operator.getFileName(), names.size(), fine, refused);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Map<String, Integer> expected(Path verdicts) throws IOException {
    var expected = new HashMap<String, Integer>();
    if (Files.exists(verdicts)) {
      for (var line : Files.readAllLines(verdicts)) {
        var parts = line.split("\t", -1);
        expected.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return expected;
  }

  private static String learn(Map<String, Type> types, ObjectNode definition) {
    var spec = definition.path("spec");
    var type =
        new Type(
            spec.at("/names/plural").asString(),
            spec.path("scope").asString().equals("Namespaced"));
    for (var version : spec.path("versions")) {
      var apiVersion = spec.path("group").asString() + "/" + version.path("name").asString();
      types.put(apiVersion + " " + spec.at("/names/kind").asString(), type);
    }
    return definition.at("/metadata/name").asString();
  }

  private static void awaitEstablished(KubernetesClient client, String name) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .waitUntilCondition(PublishedDefinitionsIT::isEstablished, 30, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                each -> each.getType().equals("Established") && each.getStatus().equals("True"));
  }

  /// The code of the answer; what was created is deleted, so that the next may have its name.
  private static int create(KubernetesClient client, Map<String, Type> types, ObjectNode example) {
    var apiVersion = example.path("apiVersion").asString();
    var type = types.get(apiVersion + " " + example.path("kind").asString());
    if (type == null) {
      return 404;
    }
    if (example.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("namespace", "finalizers"));
    }
    var path =
        "/apis/" + apiVersion + (type.namespaced() ? "/namespaces/default/" : "/") + type.plural();
    int code = post(client, path, example.toString());
    var name = example.at("/metadata/name").asString("");
    if (code == 201 && !name.isEmpty()) {
      client.raw(path + "/" + name, "DELETE", null);
    }
    return code;
  }

  private static int post(KubernetesClient client, String path, String body) {
    try {
      client.raw(path, "POST", body);
      return 201;
    } catch (KubernetesClientException refused) {
      return refused.getCode();
    }
  }
}
