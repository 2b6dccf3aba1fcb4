package dev.troupe.apiserver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.message.GatewayMessage;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whichever member is asked, the answer is the same, byte for byte: the one that holds the object,
/// or another.
class SameAnswersTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String MERGE = "application/merge-patch+json";

  /// What differs from request to request, whoever is asked. The bodies say how long they are: an
  /// age has a digit more from one moment to the next.
  private static final Set<String> OF_THE_MOMENT =
      Set.of("date", "audit-id", ":status", "content-length");

  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern VERSION = Pattern.compile("\\b1\\d{17}\\b");
  private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Pattern ADDRESS = Pattern.compile("10\\.\\d+\\.\\d+\\.\\d+");
  private static final Pattern NODE_PORT = Pattern.compile("\"nodePort\":\\d+");
  private static final Pattern AGE = Pattern.compile("\"(\\d+[smh])+\"");
  private static final Pattern VOLUME = Pattern.compile("kube-api-access-\\w{5}");
  private static final Pattern TOKEN = Pattern.compile("\"continue\":\"[^\"]+\"");

  private record Request(String method, String path, String body, String... headers) {

    static Request get(String path, String... headers) {
      return new Request("GET", path, "", headers);
    }

    static Request accepting(String path, String type) {
      return get(path, "Accept", type);
    }

    @Override
    public String toString() {
      return method + " " + path + " " + body + " " + List.of(headers);
    }
  }

  private static ThreeServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = ThreeServers.start();
    assertThat(servers.owners("pods", "deployments.apps", "configmaps", "namespaces"))
        .isGreaterThan(1);
    for (var namespace : List.of("default", "kube-system")) {
      create(
          "/api/v1/namespaces",
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
          """
              .formatted(namespace));
    }
    create(
        "/api/v1/namespaces/default/serviceaccounts",
        """
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}\
        """);
    for (var name : List.of("a", "b", "c")) {
      create(MAPS, configMap(name));
      create("/api/v1/namespaces/kube-system/configmaps", configMap(name));
    }
    create(PODS, pod("stays"));
    create(DEPLOYMENTS, deployment("stays"));
    create(SERVICES, service("stays"));
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static void create(String path, String body) {
    var response = servers.send(servers.all().getFirst(), "POST", path, body).join();
    assertThat(response.statusCode()).describedAs(text(response)).isEqualTo(201);
  }

  private static String configMap(String name) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"app":"%s"}},\
    "data":{"size":"größe"}}\
    """
        .formatted(name, name);
  }

  private static String pod(String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"x"}},\
    "spec":{"containers":[{"name":"c","image":"i"}]}}\
    """
        .formatted(name);
  }

  private static String deployment(String name) {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},"spec":{"replicas":1,\
    "selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},\
    "spec":{"containers":[{"name":"c","image":"i"}]}}}}\
    """
        .formatted(name);
  }

  private static String service(String name) {
    return """
    {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s"},\
    "spec":{"type":"NodePort","selector":{"app":"x"},"ports":[{"port":80}]}}\
    """
        .formatted(name);
  }

  private static List<Request> reads() {
    var requests = new ArrayList<Request>();
    for (var path :
        List.of(MAPS + "/a", PODS + "/stays", DEPLOYMENTS + "/stays", SERVICES + "/stays")) {
      requests.add(Request.get(path));
      for (var type : List.of(TABLE, METADATA, PROTOBUF, "application/yaml", "text/html")) {
        requests.add(Request.accepting(path, type));
      }
      requests.add(Request.get(path + "x"));
      requests.add(Request.get(path + "?resourceVersion=0"));
      requests.add(Request.get(path + "?resourceVersion=odd"));
      requests.add(Request.get(path + "?resourceVersion=999999999999999999"));
      requests.add(Request.get(path + "/status"));
      requests.add(Request.get(path + "/scale"));
      requests.add(Request.get(path + "/log"));
    }
    for (var path :
        List.of(
            "/api",
            "/apis",
            "/api/v1",
            "/apis/apps",
            "/apis/apps/v1",
            "/apis/none/v1",
            "/openapi/v2",
            "/openapi/v3",
            "/openapi/v3/apis/apps/v1",
            "/version",
            "/nowhere",
            "/api/v1/namespaces/default",
            "/api/v1/namespaces/default/none/a",
            "/apis/scheduling.k8s.io/v1/priorityclasses/none")) {
      requests.add(Request.get(path));
    }
    requests.add(
        Request.accepting(
            "/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
    return requests;
  }

  @Test
  void whatIsReadIsTheSame() {
    assertSame(reads(), answer -> AGE.matcher(answer).replaceAll("~"));
  }

  private static List<Request> lists() {
    var requests = new ArrayList<Request>();
    for (var path :
        List.of(MAPS, "/api/v1/configmaps", PODS, DEPLOYMENTS, SERVICES, "/api/v1/namespaces")) {
      requests.add(Request.get(path));
      for (var type : List.of(TABLE, METADATA.replace("Metadata", "MetadataList"), PROTOBUF)) {
        requests.add(Request.accepting(path, type));
      }
      for (var query :
          List.of(
              "limit=1",
              "labelSelector=app%3Da",
              "labelSelector=app+in+(b%2Cc)&limit=1",
              "fieldSelector=metadata.name%3Da",
              "fieldSelector=spec.none%3Da",
              "resourceVersion=0",
              "resourceVersion=1&resourceVersionMatch=Exact",
              "resourceVersion=999999999999999999&resourceVersionMatch=NotOlderThan",
              "resourceVersionMatch=Exact",
              "continue=odd",
              "watch=true&resourceVersion=1&timeoutSeconds=1",
              "watch=true&resourceVersion=odd",
              "watch=true&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true"
                  + "&resourceVersionMatch=NotOlderThan")) {
        requests.add(Request.get(path + "?" + query));
      }
    }
    return requests;
  }

  /// Lists are of different moments.
  @Test
  void whatIsListedAndWatchedIsTheSame() {
    assertSame(lists(), SameAnswersTest::withoutWhatIsNew);
  }

  /// All at once: some answers take their time.
  private static void assertSame(List<Request> requests, UnaryOperator<String> shown) {
    var answers =
        requests.stream()
            .map(request -> servers.all().stream().map(server -> answer(server, request)).toList())
            .toList();
    for (int i = 0; i < requests.size(); i++) {
      var distinct =
          answers.get(i).stream()
              .map(answer -> shown.apply(answer.join()))
              .collect(Collectors.toSet());
      assertThat(distinct).describedAs(requests.get(i).toString()).hasSize(1);
    }
  }

  /// Everything is done through one member, and then through the next: what it leaves is nothing.
  @Test
  void whatIsWrittenIsAnsweredAlike() {
    var first = new ArrayList<String>();
    for (var server : servers.all()) {
      var requests = writes();
      for (int i = 0; i < requests.size(); i++) {
        var answer = withoutWhatIsNew(answer(server, requests.get(i)).join());
        if (server == servers.all().getFirst()) {
          first.add(answer);
        }
        assertThat(answer).describedAs(requests.get(i).toString()).isEqualTo(first.get(i));
      }
    }
  }

  private static List<Request> writes() {
    var requests = new ArrayList<Request>();
    writes(requests, MAPS, "new", configMap("new"));
    writes(requests, PODS, "new", pod("new"));
    writes(requests, DEPLOYMENTS, "new", deployment("new"));
    writes(requests, SERVICES, "new", service("new"));
    var nowhere = "/api/v1/namespaces/nowhere/configmaps";
    requests.add(new Request("POST", nowhere, configMap("a")));
    requests.add(new Request("POST", PODS, pod("Not_A_Name")));
    requests.add(
        new Request(
            "POST",
            PODS,
            pod("poor").replace("\"spec\":{", "\"spec\":{\"serviceAccountName\":\"none\",")));
    requests.add(
        new Request(
            "POST",
            PODS,
            pod("odd").replace("\"spec\":{", "\"spec\":{\"priorityClassName\":\"none\",")));
    requests.add(new Request("DELETE", "/api/v1/namespaces/default", ""));
    requests.add(
        new Request(
            "POST",
            "/api/v1/namespaces",
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"default\"}}"));
    requests.add(
        new Request(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",\
            "spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}\
            """));
    return requests;
  }

  /// What admission asks for is at hand, so that only whoever has the object is asked.
  @Test
  void requestCostsOneHopAtMost() {
    int hops = 0;
    for (var server : servers.all()) {
      awaitHops(server);
      for (var path : List.of(MAPS, PODS, DEPLOYMENTS)) {
        var body =
            path.equals(MAPS) ? configMap("h") : path.equals(PODS) ? pod("h") : deployment("h");
        for (var request :
            List.of(
                new Request("POST", path + "?dryRun=All", body),
                new Request("POST", path, body),
                Request.get(path + "/h"),
                Request.get(path),
                Request.get(path + "?labelSelector=app%3Dx"),
                new Request("PUT", path + "/h", body),
                new Request(
                    "PATCH",
                    path + "/h",
                    "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}",
                    "Content-Type",
                    MERGE),
                new Request("PATCH", path + "/h/status", "{\"status\":{}}", "Content-Type", MERGE),
                new Request("DELETE", path + "/h?gracePeriodSeconds=0", ""))) {
          var asked = hops(server, request);
          assertThat(asked).describedAs(request.toString()).hasSizeLessThan(2);
          hops += asked.size();
        }
      }
    }
    assertThat(hops).isPositive();
  }

  private static List<GatewayMessage> hops(ApiServer server, Request request) {
    var _ = CountedLetters.take();
    var _ = answer(server, request).join();
    return CountedLetters.take();
  }

  private static void awaitHops(ApiServer server) {
    var request = new Request("POST", PODS + "?dryRun=All", pod("h"));
    while (hops(server, request).size() > 1) {
      Thread.onSpinWait();
    }
  }

  /// Each verb, as it succeeds and as it fails.
  private static void writes(List<Request> requests, String path, String name, String body) {
    var one = path + "/" + name;
    requests.add(new Request("POST", path + "?dryRun=All", body));
    requests.add(Request.get(one));
    requests.add(new Request("POST", path, body));
    requests.add(new Request("POST", path, body));
    requests.add(new Request("POST", path, body.substring(1)));
    requests.add(new Request("POST", path, "{\"kind\":\"None\"}"));
    requests.add(
        new Request(
            "POST",
            path + "?fieldValidation=Strict",
            body.replace("\"kind\"", "\"odd\":1,\"kind\"")));
    requests.add(
        new Request(
            "PUT",
            one + "?dryRun=All&fieldValidation=Warn",
            body.replace("\"kind\"", "\"odd\":1,\"kind\"")));
    requests.add(
        new Request(
            "PUT",
            one,
            body.replace("\"metadata\":{", "\"metadata\":{\"resourceVersion\":\"12\",")));
    requests.add(
        new Request(
            "PATCH", one, "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}", "Content-Type", MERGE));
    requests.add(
        new Request(
            "PATCH", one, "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}", "Content-Type", MERGE));
    requests.add(
        new Request(
            "PATCH",
            one,
            "{\"metadata\":{\"labels\":{\"b\":\"2\"}}}",
            "Content-Type",
            "application/strategic-merge-patch+json"));
    requests.add(
        new Request(
            "PATCH",
            one,
            "[{\"op\":\"test\",\"path\":\"/metadata/labels/a\",\"value\":\"2\"}]",
            "Content-Type",
            "application/json-patch+json"));
    requests.add(
        new Request("PATCH", one, "{\"metadata\":{\"name\":\"x\"}}", "Content-Type", MERGE));
    requests.add(new Request("PATCH", one, "{}", "Content-Type", "text/plain"));
    requests.add(new Request("PATCH", path + "/none", "{\"data\":{}}", "Content-Type", MERGE));
    requests.add(new Request("PATCH", one + "/status", "{\"status\":{}}", "Content-Type", MERGE));
    requests.add(new Request("DELETE", one, "{\"preconditions\":{\"uid\":\"none\"}}"));
    requests.add(new Request("DELETE", one + "?dryRun=All", ""));
    requests.add(new Request("DELETE", one + "?gracePeriodSeconds=0", ""));
    requests.add(new Request("DELETE", one, ""));
    requests.add(new Request("PUT", one, body));
    requests.add(new Request("DELETE", one + "?gracePeriodSeconds=0", ""));
  }

  private static CompletableFuture<String> answer(ApiServer server, Request request) {
    return servers
        .send(server, request.method(), request.path(), request.body(), request.headers())
        .thenApply(SameAnswersTest::shown);
  }

  private static String shown(HttpResponse<byte[]> response) {
    var headers = new TreeMap<>(response.headers().map());
    headers.keySet().removeAll(OF_THE_MOMENT);
    return response.statusCode() + "\n" + headers + "\n" + text(response);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), ISO_8859_1);
  }

  private static String withoutWhatIsNew(String answer) {
    var text = answer;
    for (var pattern : List.of(UID, VERSION, TIME, ADDRESS, NODE_PORT, AGE, VOLUME, TOKEN)) {
      text = pattern.matcher(text).replaceAll("~");
    }
    return text;
  }
}
