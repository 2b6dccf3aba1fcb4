package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceRegistry;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// A type whose objects a webhook converts, through clients of both versions.
@Timeout(60)
class ConversionWebhookTest {

  private static final String OLD = "/apis/example.com/v1/namespaces/default/things";
  private static final String NEW = "/apis/example.com/v2/namespaces/default/things";
  private static final String MERGE = "application/merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String FAILED = "conversion webhook for example.com/v2, Kind=Thing ";

  private static final ResourceRegistry REGISTRY = ResourceRegistry.standard();

  private static TestServer server;
  private static TestWebhook webhook;

  /// Where nobody listens.
  private static String nobody;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(REGISTRY);
    webhook = new TestWebhook(server.certificates);
    try (var socket = new ServerSocket(0)) {
      nobody = "https://127.0.0.1:" + socket.getLocalPort() + "/convert";
    }
  }

  @AfterAll
  static void stop() {
    webhook.close();
    server.close();
  }

  @BeforeEach
  void begin() {
    webhook.twist = UnaryOperator.identity();
    webhook.pause = () -> {};
    define(1, "v2", webhook.conversion());
  }

  private static void define(int generation, String stored, String conversion) {
    var definition =
        """
        {'metadata':{'generation':%d},'spec':{'group':'example.com','scope':'Namespaced',%s,
         'names':{'plural':'things','singular':'thing','kind':'Thing'},'versions':[
          {'name':'v1','served':true,'storage':%b,
           'additionalPrinterColumns':[{'name':'Address','type':'string','jsonPath':'.spec.address'}],
           'selectableFields':[{'jsonPath':'.spec.address'}],
           'subresources':{'scale':{'specReplicasPath':'.spec.count','statusReplicasPath':'.status.count'}},
           'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',
            'properties':{'address':{'type':'string','maxLength':20},'count':{'type':'integer'}}}}}}},
          {'name':'v2','served':true,'storage':%b,'subresources':{'status':{}},
           'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',
            'properties':{'host':{'type':'string','maxLength':5},'port':{'type':'string'},
             'count':{'type':'integer'}}},'status':{'type':'object','properties':{'seen':{'type':'string'}}}}}}}]}}
        """
            .formatted(generation, conversion, stored.equals("v1"), stored.equals("v2"))
            .replace('\'', '"');
    REGISTRY.define(List.of(DefinedType.of((ObjectNode) JSON.readTree(definition))));
  }

  private static String thing(String version, String name, String spec) {
    return """
    {"apiVersion":"example.com/%s","kind":"Thing","metadata":{"name":"%s"},"spec":%s}
    """
        .formatted(version, name, spec.replace('\'', '"'));
  }

  private static ObjectNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as("%s", response.body()).isBetween(200, 299);
    return json(response);
  }

  private static String spec(ObjectNode object) {
    var sorted = JSON.createObjectNode();
    object.path("spec").properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> sorted.set(field.getKey(), field.getValue()));
    return sorted.toString().replace('"', '\'');
  }

  private static String message(HttpResponse<String> response) {
    assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(500);
    assertThat(json(response).has("reason")).isFalse();
    return json(response).path("message").asString();
  }

  private static void create(String name) throws Exception {
    ok(server.post(NEW, thing("v2", name, "{'host':'h','port':'1'}")));
  }

  @Test
  void anObjectIsWrittenAndReadInEitherVersion() throws Exception {
    var created = ok(server.post(OLD, thing("v1", "either", "{'address':'a:1','other':2}")));

    assertThat(spec(created)).isEqualTo("{'address':'a:1'}");
    assertThat(created.path("apiVersion").asString()).isEqualTo("example.com/v1");
    assertThat(spec(ok(server.get(NEW + "/either")))).isEqualTo("{'host':'a','port':'1'}");
    assertThat(ok(server.get(OLD + "/either"))).isEqualTo(created);

    ((ObjectNode) created.path("spec")).put("address", "b:2");
    var updated = ok(server.send("PUT", OLD + "/either", created.toString()));
    assertThat(spec(updated)).isEqualTo("{'address':'b:2'}");
    assertThat(updated.at("/metadata/generation").intValue()).isEqualTo(2);
    assertThat(server.send("PUT", OLD + "/either", created.toString()).statusCode()).isEqualTo(409);

    var patch = "{\"spec\":{\"address\":\"c:3\"},\"metadata\":{\"labels\":{\"l\":\"1\"}}}";
    ok(server.send("PATCH", OLD + "/either", patch, "Content-Type", MERGE));
    assertThat(spec(ok(server.get(NEW + "/either")))).isEqualTo("{'host':'c','port':'3'}");
    var same = ok(server.send("PATCH", OLD + "/either", patch, "Content-Type", MERGE));
    assertThat(same.at("/metadata/resourceVersion"))
        .isEqualTo(ok(server.get(NEW + "/either")).at("/metadata/resourceVersion"));

    var scale = "{\"spec\":{\"replicas\":4}}";
    ok(server.send("PATCH", OLD + "/either/scale", scale, "Content-Type", MERGE));
    assertThat(ok(server.get(OLD + "/either/scale")).at("/spec/replicas").intValue()).isEqualTo(4);
    assertThat(spec(ok(server.get(NEW + "/either"))))
        .isEqualTo("{'count':4,'host':'c','port':'3'}");
    assertThat(server.get(NEW + "/either/scale").statusCode()).isEqualTo(404);
    assertThat(ok(server.send("DELETE", OLD + "/either", "")).path("kind").asString())
        .isEqualTo("Status");
  }

  @Test
  void eachVersionIsHeldAgainstItsOwnSchema() throws Exception {
    ok(server.post(OLD, thing("v1", "long", "{'address':'longer:1'}")));

    assertThat(server.post(OLD, thing("v1", "no", "{'address':'" + "x".repeat(21) + "'}")).body())
        .contains("may not be more than 20 bytes");
    assertThat(server.post(NEW, thing("v2", "no", "{'host':'longer'}")).statusCode())
        .isEqualTo(422);
    assertThat(spec(ok(server.get(NEW + "/long")))).isEqualTo("{'host':'longer','port':'1'}");
  }

  @Test
  void listsTablesAndSelectorsAreOfTheirVersion() throws Exception {
    create("listed");
    ok(server.post(NEW, thing("v2", "other", "{'host':'z','port':'9'}")));

    var list = ok(server.get(OLD));
    assertThat(list.path("apiVersion").asString()).isEqualTo("example.com/v1");
    assertThat(StreamSupport.stream(list.path("items").spliterator(), false))
        .allMatch(item -> item.path("apiVersion").asString().equals("example.com/v1"))
        .anyMatch(item -> item.at("/spec/address").asString().equals("z:9"));
    var selected = ok(server.get(OLD + "?fieldSelector=spec.address%3Dz:9"));
    assertThat(selected.path("items").findValuesAsString("name")).containsExactly("other");
    assertThat(server.get(NEW + "?fieldSelector=spec.address%3Dz:9").statusCode()).isEqualTo(400);
    var table = ok(server.get(OLD + "?fieldSelector=metadata.name%3Dother", "Accept", TABLE));
    assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"other\",\"z:9\"]");
    var page = ok(server.get(OLD + "?limit=1"));
    assertThat(page.path("items")).hasSize(1);
    assertThat(
            ok(server.get(OLD + "?limit=1&continue=" + page.at("/metadata/continue").asString()))
                .at("/items/0/spec/address")
                .isMissingNode())
        .isFalse();
  }

  @Test
  void watchesShowTheirVersionAndShareWhatIsConverted() throws Exception {
    create("watched");
    var version = ok(server.get(NEW)).at("/metadata/resourceVersion").asString();
    var path = OLD + "?watch=1&timeoutSeconds=2&resourceVersion=" + version;
    int before = webhook.reviews.get();
    var first =
        server.admin.sendAsync(
            server.request("GET", path, new byte[0]).build(), HttpResponse.BodyHandlers.ofString());
    var second =
        server.admin.sendAsync(
            server.request("GET", path + "&fieldSelector=spec.address%3Dw:1", new byte[0]).build(),
            HttpResponse.BodyHandlers.ofString());
    for (var host : List.of("w", "v")) {
      var patch = "{\"spec\":{\"host\":\"" + host + "\"}}";
      ok(server.send("PATCH", NEW + "/watched", patch, "Content-Type", MERGE));
    }

    assertThat(events(first.get(20, TimeUnit.SECONDS)))
        .containsExactly("MODIFIED w:1", "MODIFIED v:1");
    assertThat(events(second.get(20, TimeUnit.SECONDS)))
        .containsExactly("ADDED w:1", "DELETED w:1");
    assertThat(webhook.reviews.get() - before).as("one for each change").isLessThanOrEqualTo(2);
  }

  private static List<String> events(HttpResponse<String> watch) {
    return watch
        .body()
        .lines()
        .map(JSON::readTree)
        .map(event ->
            event.path("type").asString() + " " + event.at("/object/spec/address").asString())
        .toList();
  }

  @Test
  void whoAppliesOwnsFieldsAsTheyAreInHisVersion() throws Exception {
    var applied = thing("v1", "applied", "{'address':'a:1'}");
    ok(server.send("PATCH", OLD + "/applied?fieldManager=one", applied, "Content-Type", APPLY));
    var other = thing("v2", "applied", "{'host':'b'}");

    var refused =
        server.send("PATCH", NEW + "/applied?fieldManager=two", other, "Content-Type", APPLY);
    assertThat(refused.statusCode()).as("%s", refused.body()).isEqualTo(409);
    assertThat(json(refused).path("message").asString())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.address");

    var forced =
        ok(
            server.send(
                "PATCH",
                NEW + "/applied?fieldManager=two&force=true",
                other,
                "Content-Type",
                APPLY));
    assertThat(spec(forced)).isEqualTo("{'host':'b','port':'1'}");
    var nothing = thing("v1", "applied", "{}");
    ok(server.send("PATCH", OLD + "/applied?fieldManager=one", nothing, "Content-Type", APPLY));
    assertThat(spec(ok(server.get(OLD + "/applied")))).isEqualTo("{'address':'b:1'}");
  }

  @Test
  void whatIsWrongWithAnAnswerIsToldInTheWordsOfKubernetes() throws Exception {
    create("wrong");
    webhook.twist =
        answer -> {
          answer.withObject("response").put("uid", "another");
          return answer;
        };
    assertThat(message(server.get(OLD + "/wrong")))
        .startsWith(FAILED + "failed: expected response.uid=")
        .endsWith("got \"another\"");

    webhook.twist =
        answer -> {
          answer.withObject("response").putArray("convertedObjects");
          return answer;
        };
    assertThat(message(server.get(OLD + "/wrong")))
        .isEqualTo(FAILED + "returned 0 objects, expected 1");

    webhook.twist =
        answer -> {
          ((ObjectNode) answer.at("/response/convertedObjects/0/metadata")).put("name", "renamed");
          return answer;
        };
    assertThat(message(server.get(OLD + "/wrong")))
        .isEqualTo(FAILED + "returned invalid object: must have the same name: wrong != renamed");
    assertThat(message(server.get(OLD + "?fieldSelector=metadata.name%3Dwrong")))
        .contains("must have the same name: wrong != renamed");
    assertThat(server.get(OLD + "?watch=1&timeoutSeconds=5").body())
        .contains("\"ERROR\"")
        .contains("must have the same name");
  }

  @Test
  void whoIsNotThereHurtsHisVersionAlone() throws Exception {
    create("lonely");
    define(1, "v2", webhook.conversion("'url':'" + nobody + "'"));

    var refused =
        FAILED
            + "failed: Post \"%s?timeout=30s\": dial tcp 127.0.0.1:%d: connect: connection refused"
                .formatted(nobody, URI.create(nobody).getPort());
    assertThat(message(server.get(OLD + "/lonely"))).isEqualTo(refused);
    assertThat(message(server.get(OLD))).isEqualTo(refused);
    assertThat(
            message(server.send("PATCH", OLD + "/lonely", "{\"spec\":{}}", "Content-Type", MERGE)))
        .isEqualTo(refused);
    assertThat(spec(ok(server.get(NEW + "/lonely")))).isEqualTo("{'host':'h','port':'1'}");
    var patch = "{\"spec\":{\"host\":\"i\"}}";
    ok(server.send("PATCH", NEW + "/lonely", patch, "Content-Type", MERGE));
    ok(server.send("DELETE", OLD + "/lonely", ""));
  }

  @Test
  void aServiceIsFoundBehindItsName() throws Exception {
    create("serviced");
    var service = "'service':{'namespace':'default','name':'hook','port':443,'path':'/convert'}";
    define(1, "v2", webhook.conversion(service));

    assertThat(message(server.get(OLD + "/serviced")))
        .isEqualTo(
            FAILED
                + "failed: Post \"https://hook.default.svc:443/convert?timeout=30s\": service"
                + " \"hook\" not found");
    ok(
        server.post(
            "/api/v1/namespaces/default/services",
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"hook"},
             "spec":{"clusterIP":"None","ports":[{"name":"https","port":443}]}}
            """));
    assertThat(message(server.get(OLD + "/serviced")))
        .endsWith("no endpoints available for service \"hook\"");
    ok(
        server.post(
            "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
            """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
             "metadata":{"name":"hook-1","labels":{"kubernetes.io/service-name":"hook"}},
             "ports":[{"name":"https","port":%d}],"endpoints":[{"addresses":["%s"]}]}
            """
                .formatted(webhook.port(), ownAddress())));
    assertThat(spec(ok(server.get(OLD + "/serviced")))).isEqualTo("{'address':'h:1'}");

    ok(
        server.post(
            "/api/v1/namespaces/default/services",
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"another"},
             "spec":{"type":"ExternalName","externalName":"localhost"}}
            """));
    define(
        1,
        "v2",
        webhook.conversion(service.replace("hook", "another").replace("443", "" + webhook.port())));
    assertThat(message(server.get(OLD + "/serviced"))).contains(": x509: ");
  }

  /// One that is no loopback.
  private static String ownAddress() throws SocketException {
    var address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .findFirst();
    assumeTrue(address.isPresent(), "there is no network");
    return address.orElseThrow().getHostAddress();
  }

  @Test
  void theStoredVersionMayBeAnotherLater() throws Exception {
    create("moved");
    define(2, "v1", webhook.conversion());

    var moved = ok(server.get(OLD + "/moved"));
    assertThat(spec(moved)).isEqualTo("{'address':'h:1'}");
    assertThat(spec(ok(server.get(NEW + "/moved")))).isEqualTo("{'host':'h','port':'1'}");
    var written = ok(server.send("PUT", OLD + "/moved", moved.toString()));
    assertThat(written.at("/metadata/generation").intValue()).isEqualTo(1);
    assertThat(written.at("/metadata/resourceVersion"))
        .isNotEqualTo(moved.at("/metadata/resourceVersion"));
    define(3, "v1", webhook.conversion("'url':'" + nobody + "'"));
    assertThat(spec(ok(server.get(OLD + "/moved")))).isEqualTo("{'address':'h:1'}");
    ok(server.send("DELETE", NEW + "/moved", ""));
  }

  @Test
  void whatChangesWhileSomebodyConvertsIsDecidedAnew() throws Exception {
    create("raced");
    var once = new AtomicBoolean();
    webhook.pause =
        () -> {
          if (once.compareAndSet(false, true)) {
            try {
              var patch = "{\"spec\":{\"count\":7}}";
              ok(server.send("PATCH", NEW + "/raced", patch, "Content-Type", MERGE));
            } catch (Exception failure) {
              throw new IllegalStateException(failure);
            }
          }
        };

    var patch = "{\"spec\":{\"address\":\"r:2\"}}";
    ok(server.send("PATCH", OLD + "/raced", patch, "Content-Type", MERGE));

    assertThat(spec(ok(server.get(NEW + "/raced")))).isEqualTo("{'count':7,'host':'r','port':'2'}");
  }

  private static Runnable waitFor(CountDownLatch answered) {
    return () -> {
      try {
        answered.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void whoDoesNotAnswerIsGivenUp() throws Exception {
    var usual = ApiServerSettings.Limits.DEFAULT;
    var limits =
        new ApiServerSettings.Limits(
            usual.bodyBytes(),
            usual.headerBytes(),
            usual.reads(),
            usual.writes(),
            usual.connections(),
            usual.unknown(),
            usual.unknownEach(),
            usual.waitingBytes(),
            new ApiServerSettings.Periods(
                usual.periods().deadline(),
                usual.periods().idle(),
                usual.periods().stalled(),
                Duration.ofMillis(300)));
    var answered = new CountDownLatch(1);
    webhook.pause = waitFor(answered);
    try (var impatient =
        new TestServer(REGISTRY, _ -> subscriber -> subscriber.onComplete(), limits)) {
      ok(impatient.post(NEW, thing("v2", "silent", "{'host':'h'}")));
      assertThat(message(impatient.get(OLD + "/silent")))
          .startsWith(FAILED + "failed: Post \"")
          .endsWith(": context deadline exceeded");
    } finally {
      answered.countDown();
    }
  }

  @Test
  void whoIsSlowIsWaitedForByThoseWhoNeedHim() throws Exception {
    create("slow");
    var answered = new CountDownLatch(1);
    webhook.pause = waitFor(answered);
    var waiting =
        server.admin.sendAsync(
            server.request("GET", OLD + "/slow", new byte[0]).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(spec(ok(server.get(NEW + "/slow")))).isEqualTo("{'host':'h','port':'1'}");
    assertThat(waiting).isNotDone();
    answered.countDown();
    assertThat(spec(ok(waiting.get(20, TimeUnit.SECONDS)))).isEqualTo("{'address':'h:1'}");
  }
}
