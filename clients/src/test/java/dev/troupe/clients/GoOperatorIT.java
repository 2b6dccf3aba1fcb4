package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An operator on controller-runtime and client-go, built of `src/test/go` and started twice.
@ExtendWith(Member.Shared.class)
class GoOperatorIT {

  private static final Path SOURCES = Path.of("src", "test", "go");
  private static final String NAMESPACE = "go";
  private static final String OBJECTS = "/apis/go.example.com/v1/namespaces/go/websites";
  private static final String MAPS = "/api/v1/namespaces/go/configmaps";

  private static Path program;

  @BeforeAll
  static void build() throws IOException {
    program = Path.of("target", "websites").toAbsolutePath();
    Files.createDirectories(program.getParent());
    try {
      var build =
          new ProcessBuilder("go", "build", "-o", program.toString(), ".")
              .directory(SOURCES.toFile())
              .redirectErrorStream(true)
              .start();
      var said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(build.onExit().join().exitValue()).as(said).isZero();
    } catch (IOException e) {
      assumeTrue(
          System.getenv("TROUPE_REQUIRE_CLIENTS") != null, "skipped: there is no go on the PATH");
      throw e;
    }
  }

  private static Running start(Member member, String name) {
    var operator = Program.of(member, program.toString());
    return Running.start(
        operator.builder("--namespace", NAMESPACE, "--name", name),
        member.directory("go").resolve(name + ".log"));
  }

  @Test
  void oneOfTwoLeadsAndTheOtherTakesOver(Member member) throws IOException {
    var api = member.api();
    member.createNamespace(NAMESPACE);
    define(api);
    api.post(MAPS, named("ConfigMap", "settings", "\"data\":{\"image\":\"web:1\"}"));
    api.post(MAPS, named("ConfigMap", "other", "\"data\":{}"));
    api.post("/api/v1/namespaces/go/secrets", named("Secret", "key", "\"type\":\"Opaque\""));
    try (var first = start(member, "first")) {
      first.await("leads first");
      try (var second = start(member, "second")) {
        second.await("synced");
        theWorkIsDone(api, first);
        everythingIsFollowedFromAWatch(first);

        assertThat(first.stop()).isZero();
        second.await("leads second");
        assertThat(
                api.patch(OBJECTS + "/golden", "{\"spec\":{\"replicas\":1,\"text\":\"bye\"}}")
                    .code())
            .isEqualTo(200);
        Eventually.get(api, OBJECTS + "/golden", web -> web.at("/status/ready").asInt() == 1);
        whatIsDeletedIsFinished(api, second);
        assertThat(second.lines()).noneMatch(line -> line.startsWith("list "));
        assertThat(second.stop()).isZero();
      }
    }
  }

  private static void define(Api api) throws IOException {
    var definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    var made =
        api.send(
            "POST",
            definitions,
            Files.readString(SOURCES.resolve("websites.yaml")),
            "application/yaml");
    assertThat(made.code()).as("%s", made).isEqualTo(201);
    Eventually.get(
        api,
        definitions + "/websites.go.example.com",
        definition -> Eventually.condition(definition, "Established").equals("True"));
  }

  private static void theWorkIsDone(Api api, Running leader) {
    api.post(OBJECTS, website("golden", "\"tier\":\"gold\",\"text\":\"hello\",\"replicas\":2"));
    api.post(OBJECTS, website("plain", "\"text\":\"hello\""));

    var golden =
        Eventually.get(
            api, OBJECTS + "/golden", web -> Eventually.condition(web, "Ready").equals("True"));
    assertThat(golden.at("/metadata/finalizers").toString())
        .isEqualTo("[\"go.example.com/farewell\"]");
    assertThat(golden.at("/status/observedGeneration").asInt()).isEqualTo(1);
    assertThat(golden.at("/metadata/managedFields").toString())
        .contains("\"manager\":\"websites\"", "\"subresource\":\"status\"");
    var servers = api.get("/apis/apps/v1/namespaces/go/deployments/golden").body();
    assertThat(servers.at("/metadata/ownerReferences/0/uid")).isEqualTo(golden.at("/metadata/uid"));
    assertThat(servers.at("/spec/template/spec/containers/0/image").asString()).isEqualTo("web:1");
    assertThat(servers.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Apply");
    // What its cache does not select it does not know.
    var plain = api.get(OBJECTS + "/plain").body();
    assertThat(plain.at("/metadata").has("finalizers")).isFalse();
    assertThat(plain.at("/spec/tier").asString()).isEqualTo("tin");
    Eventually.get(
        api,
        "/apis/events.k8s.io/v1/namespaces/go/events",
        events -> events.toString().contains("2 servers say hello, says first"));
    leader.await("metadata added plain");
  }

  /// Nobody lists, and what is built in comes as protobuf.
  private static void everythingIsFollowedFromAWatch(Running operator) {
    assertThat(operator.lines())
        .contains(
            "watch-list 200 application/vnd.kubernetes.protobuf;stream=watch"
                + " /api/v1/namespaces/go/configmaps  metadata.name=settings",
            "watch-list 200 application/vnd.kubernetes.protobuf;stream=watch"
                + " /api/v1/namespaces/go/pods watched=true ",
            "watch-list 200 application/json " + OBJECTS + "  spec.tier=gold",
            "secret added key",
            "website added golden",
            "website added plain")
        .noneMatch(line -> line.startsWith("list "));
  }

  private static void whatIsDeletedIsFinished(Api api, Running leader) {
    api.delete(OBJECTS + "/golden");

    leader.await("website deleted golden");
    assertThat(api.get(MAPS + "/farewell-golden").body().at("/data/text").asString())
        .isEqualTo("bye");
    Eventually.gone(api, "/apis/apps/v1/namespaces/go/deployments/golden");
  }

  private static String website(String name, String spec) {
    return named("Website", name, "\"spec\":{" + spec + "}")
        .replace("\"v1\"", "\"go.example.com/v1\"");
  }

  private static String named(String kind, String name, String rest) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},%s}"
        .formatted(kind, name, rest);
  }
}
