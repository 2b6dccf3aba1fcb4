package dev.troupe.clusterconfig.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.Api.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The bare API, and a namespace that is made for one test. Bodies are YAML or JSON; what is waited
/// for is watched, not polled.
record Scene(Path kubeconfig, Api api, String namespace) {

  private static final String YAML = "application/yaml";
  private static final int PATIENCE_SECONDS = 60;

  static Scene in(Path kubeconfig, Api api, String namespace) {
    var scene = new Scene(kubeconfig, api, namespace);
    scene.create(
        "/api/v1/namespaces",
        """
        metadata:
          name: %s
        """
            .formatted(namespace));
    // A pod needs the account that the namespace gets. The config map that comes beside it would be
    // among the events of a test that watches config maps.
    scene.await(scene.core("serviceaccounts"), accounts -> !accounts.isEmpty());
    scene.await(scene.core("configmaps"), maps -> !maps.isEmpty());
    return scene;
  }

  /// The path of a collection of the core group in this namespace.
  String core(String plural) {
    return "/api/v1/namespaces/" + namespace + "/" + plural;
  }

  /// The same of another group and version, such as `apps/v1`.
  String group(String groupVersion, String plural) {
    return "/apis/" + groupVersion + "/namespaces/" + namespace + "/" + plural;
  }

  String apps(String plural) {
    return group("apps/v1", plural);
  }

  JsonNode create(String collection, String yaml) {
    return answered(201, api.send("POST", collection, yaml, YAML));
  }

  JsonNode get(String path) {
    return answered(200, api.get(path));
  }

  List<JsonNode> list(String path) {
    return List.copyOf(get(path).get("items").values());
  }

  JsonNode replace(String path, JsonNode object) {
    return answered(200, api.send("PUT", path, object.toString(), "application/json"));
  }

  JsonNode merge(String path, String patch) {
    return answered(200, api.patch(path, patch));
  }

  JsonNode strategic(String path, String patch) {
    return answered(200, api.send("PATCH", path, patch, "application/strategic-merge-patch+json"));
  }

  JsonNode delete(String path) {
    return delete(path, "");
  }

  /// Deletes with options, as JSON.
  JsonNode delete(String path, String options) {
    var answer = api.send("DELETE", path, options, "application/json");
    assertThat(answer.code()).as(String.valueOf(answer.body())).isIn(200, 202);
    return answer.body();
  }

  /// What a request that must be refused is told.
  String refused(int code, Answer answer) {
    return answered(code, answer).path("message").asString("");
  }

  static JsonNode answered(int code, Answer answer) {
    assertThat(answer.code()).as(String.valueOf(answer.body())).isEqualTo(code);
    return answer.body();
  }

  /// A copy of an object in which something is changed.
  static ObjectNode copy(JsonNode object) {
    return (ObjectNode) object.deepCopy();
  }

  /// Waits until an object is as wanted, and returns it.
  JsonNode awaitOne(String collection, String name, Predicate<JsonNode> wanted) {
    return await(
            named(collection, name),
            objects -> objects.size() == 1 && wanted.test(objects.iterator().next()))
        .getFirst();
  }

  /// Waits until an object is no more.
  void awaitNone(String collection, String name) {
    await(named(collection, name), Collection::isEmpty);
  }

  /// Waits until the objects of a collection, perhaps with a selector, are as wanted.
  List<JsonNode> await(String path, Predicate<Collection<JsonNode>> wanted) {
    var list = get(path);
    var objects = new LinkedHashMap<String, JsonNode>();
    list.get("items").values().forEach(object -> objects.put(uid(object), object));
    if (wanted.test(objects.values())) {
      return List.copyOf(objects.values());
    }
    var version = list.at("/metadata/resourceVersion").asString();
    for (var event : watch(path, version, "")) {
      var object = event.get("object");
      if (event.get("type").asString().equals("DELETED")) {
        objects.remove(uid(object));
      } else {
        objects.put(uid(object), object);
      }
      if (wanted.test(objects.values())) {
        return List.copyOf(objects.values());
      }
    }
    throw new AssertionError(
        "after " + PATIENCE_SECONDS + " s " + path + " is still " + objects.values());
  }

  /// So many events of a watch that begins after a version; `more` are further parameters.
  List<JsonNode> events(String path, String version, int count, String more) {
    var events = new ArrayList<JsonNode>();
    for (var event : watch(path, version, more)) {
      events.add(event);
      if (events.size() == count) {
        return events;
      }
    }
    throw new AssertionError("the watch ended after " + events);
  }

  /// The events of a watch that begins after a version, until the server ends it when patience is
  /// over; `more` are further parameters.
  Iterable<JsonNode> watch(String path, String version, String more) {
    var query =
        "watch=true&resourceVersion=%s&timeoutSeconds=%d%s"
            .formatted(version, PATIENCE_SECONDS, more.isEmpty() ? "" : "&" + more);
    return () -> {
      try {
        var lines =
            new BufferedReader(
                    new InputStreamReader(
                        api.watch(path + (path.contains("?") ? "&" : "?") + query),
                        StandardCharsets.UTF_8))
                .lines();
        return lines.map(Api.JSON::readTree).iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static String named(String collection, String name) {
    return collection + "?fieldSelector=metadata.name%3D" + name;
  }

  private static String uid(JsonNode object) {
    return object.at("/metadata/uid").asString();
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  static String version(JsonNode object) {
    return object.at("/metadata/resourceVersion").asString();
  }
}
