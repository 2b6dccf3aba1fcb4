package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Objects of a defined type are what all others are: for owners, namespaces, history and copies.
/// Their versions are converted by a webhook that is not there.
@Timeout(180)
class CustomResourceIT {

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String DEFINITION = DEFINITIONS + "/things.example.com";
  private static final String THINGS = "/apis/example.com/v2/namespaces/default/things";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String NOBODY = "https://127.0.0.1:1/convert";

  @TempDir private static Path directory;
  private static TroupeProcess troupe;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    troupe = TroupeProcess.up(directory.resolve("data"), 0);
    api = troupe.api();
    define(api);
  }

  @AfterAll
  static void stop() {
    troupe.close();
  }

  private static void define(Api of) throws Exception {
    var definition =
        """
        {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
         'metadata':{'name':'things.example.com'},'spec':{'group':'example.com','scope':'Namespaced',
         'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],
          'clientConfig':{'url':'%s'}}},
         'names':{'plural':'things','singular':'thing','kind':'Thing'},'versions':[
          {'name':'v1','served':true,'storage':false,'schema':{'openAPIV3Schema':{'type':'object'}}},
          {'name':'v2','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object',
           'properties':{'spec':{'type':'object','properties':{'size':{'type':'integer'}}}}}}}]}}
        """
            .formatted(NOBODY)
            .replace('\'', '"');
    created(of, DEFINITIONS, definition);
    while (of.get("/apis/example.com/v2/things").code() != 200) {
      Thread.onSpinWait();
    }
  }

  private static JsonNode created(Api at, String path, String body) {
    var answer = at.post(path, body);
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  private static String thing(String name, String more) {
    return ("{'apiVersion':'example.com/v2','kind':'Thing','metadata':{'name':'%s'%s},"
            + "'spec':{'size':1}}")
        .formatted(name, more)
        .replace('\'', '"');
  }

  private static String map(String name, String more) {
    return "{'metadata':{'name':'%s'%s}}".formatted(name, more).replace('\'', '"');
  }

  private static String ownedBy(JsonNode owner, String apiVersion, String kind) {
    return ",'ownerReferences':[{'apiVersion':'%s','kind':'%s','name':'%s','uid':'%s'}]"
        .formatted(
            apiVersion,
            kind,
            owner.at("/metadata/name").asString(),
            owner.at("/metadata/uid").asString());
  }

  private static void awaitGone(Api at, String path) {
    while (at.get(path).code() != 404) {
      Thread.onSpinWait();
    }
  }

  @Test
  void itGoesWithItsOwnerAndTakesWithItWhatItOwns() {
    var root = created(api, MAPS, map("root", ""));
    var middle = created(api, THINGS, thing("middle", ownedBy(root, "v1", "ConfigMap")));
    created(api, MAPS, map("leaf", ownedBy(middle, "example.com/v2", "Thing")));
    created(api, MAPS, map("other", ownedBy(middle, "example.com/v1", "Thing")));

    api.delete(MAPS + "/root");

    awaitGone(api, THINGS + "/middle");
    awaitGone(api, MAPS + "/leaf");
    awaitGone(api, MAPS + "/other");
  }

  @Test
  void itIsOrphanedAndHoldsUpWhoeverWaitsForIt() {
    var root = created(api, MAPS, map("orphaning", ""));
    created(api, THINGS, thing("orphan", ownedBy(root, "v1", "ConfigMap")));

    api.send(
        "DELETE", MAPS + "/orphaning", "{\"propagationPolicy\":\"Orphan\"}", "application/json");

    awaitGone(api, MAPS + "/orphaning");
    assertThat(api.get(THINGS + "/orphan").body().at("/metadata/ownerReferences")).isEmpty();
  }

  @Test
  void itGoesWithItsNamespaceAndMayHoldItUp() {
    created(api, "/api/v1/namespaces", map("leaving", ""));
    var things = THINGS.replace("/default/", "/leaving/");
    created(api, things, thing("free", ""));
    created(api, things, thing("held", ",'finalizers':['example.com/hold']"));

    api.delete("/api/v1/namespaces/leaving");

    awaitGone(api, things + "/free");
    assertThat(api.post(things, thing("late", "")).code()).isEqualTo(403);
    assertThat(api.get("/api/v1/namespaces/leaving").code()).isEqualTo(200);
    api.patch(things + "/held", "{\"metadata\":{\"finalizers\":null}}");
    awaitGone(api, "/api/v1/namespaces/leaving");
  }

  @Test
  void itsHistoryIsToldAsItWasStored() {
    created(api, THINGS, thing("told", ""));
    api.patch(THINGS + "/told", "{\"spec\":{\"size\":2}}");

    var history = api.get(THINGS + "/told?journal=history").body().path("events");

    assertThat(history).as("%s", history).hasSize(2);
    assertThat(history.toString()).contains(".spec.size");
  }

  /// A watch ends when the type becomes another, as in Kubernetes, and goes on where it was.
  @Test
  void itIsHeldAgainstAnotherSchemaFromWhenThatIsKnown() throws Exception {
    created(api, THINGS, thing("watched", ""));
    var version = api.get(THINGS).body().at("/metadata/resourceVersion").asString();
    try (var watch = lines(version)) {
      var schema = "/spec/versions/1/schema/openAPIV3Schema/properties/spec/properties/size";
      var patch =
          "[{'op':'add','path':'%1$s/maximum','value':9},{'op':'add','path':'%1$s/default','value':3}]"
              .formatted(schema)
              .replace('\'', '"');
      var changed = api.send("PATCH", DEFINITION, patch, "application/json-patch+json");
      assertThat(changed.code()).as("%s", changed.body()).isEqualTo(200);
      var line = watch.readLine();
      while (line != null) {
        line = watch.readLine();
      }
    }
    assertThat(api.patch(THINGS + "/watched", "{\"spec\":{\"size\":10}}").code()).isEqualTo(422);
    assertThat(api.patch(THINGS + "/watched", "{\"spec\":{\"size\":8}}").code()).isEqualTo(200);
    try (var watch = lines(version)) {
      var line = watch.readLine();
      while (!line.contains("\"watched\"")) {
        line = watch.readLine();
      }
      assertThat(line).contains("MODIFIED").contains("\"size\":8");
    }
    var bare = thing("bare", "").replace("\"size\":1", "");
    assertThat(created(api, THINGS, bare).at("/spec/size").asInt()).isEqualTo(3);
  }

  private static BufferedReader lines(String version) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            api.watch(THINGS + "?watch=1&resourceVersion=" + version), StandardCharsets.UTF_8));
  }

  @Test
  @Tag("thorough")
  void itIsInCopiesOfTheStore() throws Exception {
    created(api, THINGS, thing("copied", ""));
    var file = directory.resolve("backup").toString();
    var restored = directory.resolve("restored").toString();
    run("backup", file, "--data", directory.resolve("data").toString());
    run("restore", file, "--data", restored);

    try (var second = TroupeProcess.up(Path.of(restored), 0)) {
      assertThat(second.api().get(THINGS + "/copied").body().at("/spec/size").asInt()).isEqualTo(1);
      created(second.api(), THINGS, thing("new", ""));
    }
  }

  private static void run(String... words) throws Exception {
    try (var run = TroupeRun.start(directory.resolve("output"), words)) {
      assertThat(run.awaitEnd()).as(run.output()).isZero();
    }
  }

  @Test
  @Tag("thorough")
  void itIsTheSameAtEveryMember() throws Exception {
    try (var premises =
            LocalPremises.open(
                directory.resolve("members"), InstantSource.system(), new SecureRandom());
        var servers =
            MemberServers.start(3, premises, new LoopbackNetwork(), List.of("-Xmx512m"))) {
      var members = servers.all().stream().map(member -> member.api()).toList();
      define(members.getFirst());
      for (int n = 0; n < 9; n++) {
        created(members.get(n % 3), THINGS, thing("n-" + n, ""));
      }
      for (var member : members) {
        assertThat(member.get(THINGS).body().path("items")).hasSize(9);
      }
      var owner = members.get(1).get(THINGS + "/n-0").body();
      created(members.get(2), MAPS, map("owned", ownedBy(owner, "example.com/v2", "Thing")));
      members.get(2).delete(THINGS + "/n-0");
      awaitGone(members.getFirst(), MAPS + "/owned");
      members.get(1).delete(DEFINITION);
      for (var member : members) {
        awaitGone(member, THINGS);
      }
    }
  }
}
