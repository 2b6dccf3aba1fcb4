package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Status;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every answer of every type has what the type's own schema requires, however little was sent.
@Timeout(60)
class RequiredInAnswersTest {

  private static final String SELECTED =
      "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":"
          + "{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

  /// As little as is accepted.
  private static final Map<String, String> CONTENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("pods", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}"),
              Map.entry("services", "\"spec\":{\"ports\":[{\"port\":80}]}"),
              Map.entry("deployments", "\"spec\":{" + SELECTED + "}"),
              Map.entry("replicasets", "\"spec\":{" + SELECTED + "}"),
              Map.entry(
                  "customresourcedefinitions",
                  "\"spec\":{\"group\":\"example.com\",\"scope\":\"Cluster\","
                      + "\"names\":{\"plural\":\"things\",\"kind\":\"Thing\"},"
                      + "\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,"
                      + "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}"),
              Map.entry("events", "\"involvedObject\":{\"namespace\":\"default\"}"),
              Map.entry("endpointslices", "\"addressType\":\"IPv4\",\"endpoints\":[]"),
              Map.entry(
                  "ipaddresses", "\"spec\":{\"parentRef\":{\"resource\":\"r\",\"name\":\"n\"}}")));

  /// Of those that cannot be called anything.
  private static final Map<String, String> NAMES =
      Map.of("ipaddresses", "192.0.2.7", "customresourcedefinitions", "things.example.com");

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A type under one of its group-versions, with the document that describes it.
  private record Described(
      ResourceType type, ResourceType.Served served, String collection, JsonNode schemas) {}

  static Stream<ResourceType> stored() {
    return ResourceRegistry.standard().published().stream().filter(ResourceType::stored);
  }

  static Stream<ResourceType> answered() {
    return ResourceRegistry.standard().published().stream().filter(type -> !type.stored());
  }

  private static Described described(ResourceType type, ResourceType.Served served)
      throws Exception {
    var root = served.group().isEmpty() ? "api/" + served.version() : "apis/" + served.apiVersion();
    var schemas = TestServer.json(server.get("/openapi/v3/" + root)).at("/components/schemas");
    var scope = type.namespaced() ? "/namespaces/default/" : "/";
    return new Described(type, served, "/" + root + scope + type.names().plural(), schemas);
  }

  @ParameterizedTest
  @MethodSource("stored")
  void storedObjects(ResourceType type) throws Exception {
    var stored = described(type, type.storage());
    var name = NAMES.getOrDefault(type.names().plural(), "required");
    var content = CONTENTS.getOrDefault(type.names().plural(), "");
    var created =
        server.post(
            stored.collection,
            "{\"metadata\":{\"name\":\""
                + name
                + "\"}"
                + (content.isEmpty() ? "" : ",")
                + content
                + "}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    complete(stored, stored.served.schemaType(), created);
    if (type.has(new Status())) {
      var status = "{\"status\":" + hollow(stored) + "}";
      complete(
          stored,
          stored.served.schemaType(),
          server.send(
              "PATCH",
              stored.collection + "/" + name + "/status",
              status,
              "Content-Type",
              "application/merge-patch+json"));
    }
    for (var served : type.served()) {
      reads(described(type, served), name);
    }
    var deleted = server.send("DELETE", stored.collection + "/" + name, "");
    var answersObject = TestServer.json(deleted).path("kind").asString("").equals("Status");
    complete(
        stored,
        answersObject ? "io.k8s.apimachinery.pkg.apis.meta.v1.Status" : stored.served.schemaType(),
        deleted);
  }

  private static void reads(Described described, String name) throws Exception {
    var schema = described.served.schemaType();
    var item = described.collection + "/" + name;
    complete(described, schema, server.get(item));
    complete(described, schema + "List", server.get(described.collection));
    for (var subresource : described.type.subresources()) {
      if (subresource instanceof Subresource.View view && view.verbs().contains(Verb.GET)) {
        var form = view.form().schemaType();
        complete(described, form, server.get(item + "/" + view.name()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("answered")
  void objectsThatAreOnlyAnswered(ResourceType type) throws Exception {
    var described = described(type, type.storage());
    var sent =
        switch (type.names().plural()) {
          case "selfsubjectaccessreviews" ->
              "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
          case "selfsubjectrulesreviews" -> "{\"spec\":{\"namespace\":\"default\"}}";
          default -> "{}";
        };
    complete(described, described.served.schemaType(), server.post(described.collection, sent));
  }

  /// A status that has each of its objects, empty.
  private static String hollow(Described described) {
    var status =
        property(described, described.served.schemaType(), "status")
            .map(schema -> hollow(described, schema, Set.of()));
    return status.orElse("{}");
  }

  private static String hollow(Described described, String schema, Set<String> around) {
    var parts = new TreeSet<String>();
    for (var field : described.schemas.path(schema).path("properties").propertyNames()) {
      property(described, schema, field)
          .filter(to -> !around.contains(to) && described.schemas.path(to).has("properties"))
          .ifPresent(to -> {
            var wider = new TreeSet<>(around);
            wider.add(to);
            parts.add('"' + field + "\":" + hollow(described, to, wider));
          });
    }
    return "{" + String.join(",", parts) + "}";
  }

  /// The schema that a field refers to.
  private static Optional<String> property(Described described, String schema, String field) {
    var at = described.schemas.path(schema).path("properties").path(field);
    return reference(at);
  }

  private static Optional<String> reference(JsonNode schema) {
    var to = schema.at("/allOf/0/$ref").asString("") + schema.path("$ref").asString("");
    return to.isEmpty() ? Optional.empty() : Optional.of(to.substring(to.lastIndexOf('/') + 1));
  }

  private static void complete(Described described, String schema, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    var missing = new TreeSet<String>();
    missing(described, schema, TestServer.json(answer), "", missing);
    assertThat(missing).as(answer.request() + " " + answer.body()).isEmpty();
  }

  private static void missing(
      Described described, String schema, JsonNode value, String at, Set<String> missing) {
    var known = described.schemas.path(schema);
    assertThat(known.isObject()).as(schema).isTrue();
    for (var required : known.path("required")) {
      if (!value.has(required.asString())) {
        missing.add(at + "." + required.asString());
      }
    }
    for (var property : known.path("properties").properties()) {
      var inner = value.path(property.getKey());
      var path = at + "." + property.getKey();
      reference(property.getValue())
          .filter(_ -> inner.isObject())
          .ifPresent(to -> missing(described, to, inner, path, missing));
      reference(property.getValue().path("items"))
          .ifPresent(to -> inner.forEach(item -> missing(described, to, item, path, missing)));
    }
  }
}
