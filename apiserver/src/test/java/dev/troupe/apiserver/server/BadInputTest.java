package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.configMap;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong gets the error that Kubernetes' users expect, and nothing is stored.
@Timeout(60)
class BadInputTest {

  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String MERGE = "application/merge-patch+json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MAPS = "/api/v1/namespaces/bad/configmaps";
  private static final String STRICT = "?fieldValidation=Strict";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    server.namespace("bad");
    server.namespace("good");
    server.post(MAPS.replace("bad", "good"), configMap("there"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  record Case(
      String name,
      String method,
      String path,
      String type,
      String body,
      int code,
      String reason,
      String words) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case post(
      String name, String path, String type, String body, int code, String reason, String words) {
    return new Case(name, "POST", path, type, body, code, reason, words);
  }

  private static Case review(String path, String body, String words) {
    return new Case(
        path + " " + body, "POST", "/apis/" + path, JSON, body, 400, "BadRequest", words);
  }

  private static Case get(String name, String path, int code, String reason, String words) {
    return new Case(name, "GET", path, JSON, "", code, reason, words);
  }

  static Stream<Case> bodies() {
    return Stream.of(
        post(
            "upper case name",
            MAPS,
            JSON,
            configMap("Bad_Name"),
            422,
            "Invalid",
            "ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\""),
        post(
            "long name",
            MAPS,
            JSON,
            configMap("a".repeat(254)),
            422,
            "Invalid",
            "must be no more than 253"),
        post("name with a slash", MAPS, JSON, configMap("a/b"), 422, "Invalid", "metadata.name"),
        post(
            "no name",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}",
            422,
            "Invalid",
            "metadata.name: Required value: name or generateName is required"),
        post(
            "no name, and more that is wrong",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"a/b\":\"c\"}}",
            422,
            "Invalid",
            "[metadata.name: Required value: name or generateName is required, data[a/b]: Invalid"),
        post(
            "list",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}",
            400,
            "BadRequest",
            "List in version \"v1\" cannot be handled as a ConfigMap"),
        post(
            "nameless object of another kind and version",
            MAPS,
            JSON,
            "{\"apiVersion\":\"apps/v1beta1\",\"kind\":\"Deployment\"}",
            400,
            "BadRequest",
            "Deployment in version \"v1beta1\" cannot be handled as a ConfigMap"),
        post(
            "nameless object of another version",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v2\",\"kind\":\"ConfigMap\"}",
            400,
            "BadRequest",
            "the API version in the data (v2) does not match the expected API version (v1)"),
        post(
            "name that is a number",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":7}}",
            400,
            "BadRequest",
            "cannot unmarshal number"),
        post(
            "metadata that is a list",
            MAPS,
            JSON,
            "{\"metadata\":[]}",
            400,
            "BadRequest",
            "json: cannot unmarshal array into Go struct field ConfigMap.metadata"),
        post(
            "metadata that is a number",
            MAPS,
            JSON,
            "{\"metadata\":0}",
            400,
            "BadRequest",
            "number"),
        review(
            "authentication.k8s.io/v1/selfsubjectreviews", "{\"metadata\":{\"name\":5}}", "number"),
        review(
            "authentication.k8s.io/v1/selfsubjectreviews",
            "{\"metadata\":{\"labels\":[]}}",
            "array"),
        review(
            "authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{\"spec\":{\"resourceAttributes\":{\"verb\":7}}}",
            "number"),
        review("authorization.k8s.io/v1/selfsubjectaccessreviews", "{\"spec\":[]}", "array"),
        review(
            "authorization.k8s.io/v1/selfsubjectrulesreviews",
            "{\"spec\":{\"namespace\":0}}",
            "number"),
        post(
            "unknown field, strict",
            MAPS + STRICT,
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"dta\":{}}",
            400,
            "BadRequest",
            "strict decoding error: unknown field \"dta\""),
        post(
            "duplicate key, strict",
            MAPS + STRICT,
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"1\",\"k\":\"2\"}}",
            400,
            "BadRequest",
            "strict decoding error: duplicate field \"data.k\""),
        post(
            "wrong type",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":1}}",
            400,
            "BadRequest",
            "cannot unmarshal number"),
        post("broken JSON", MAPS, JSON, "{\"metadata\":", 400, "BadRequest", ""),
        post("empty body", MAPS, JSON, "", 400, "BadRequest", ""),
        post("a list for an object", MAPS, JSON, "[1]", 400, "BadRequest", "cannot unmarshal"),
        post("trailing text", MAPS, JSON, configMap("a") + "x", 400, "BadRequest", ""),
        post("broken YAML", MAPS, YAML, "a: [b", 400, "BadRequest", ""),
        post("YAML bomb", MAPS, YAML, bomb(), 400, "BadRequest", ""),
        post("deep JSON", MAPS, JSON, "{\"a\":" + "[".repeat(50_000), 400, "BadRequest", ""),
        post("broken protobuf", MAPS, PROTOBUF, "k8s\0\u0007nonsense", 400, "BadRequest", ""),
        post(
            "no protobuf",
            MAPS,
            PROTOBUF,
            "{}",
            400,
            "BadRequest",
            "does not appear to be a protobuf message"),
        post(
            "unknown content type",
            MAPS,
            "text/plain",
            configMap("a"),
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json, application/yaml, application/vnd.kubernetes.protobuf"),
        post(
            "other API version",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v2\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}",
            400,
            "BadRequest",
            "the API version in the data (v2) does not match the expected API version (v1)"),
        post(
            "other kind",
            MAPS,
            JSON,
            "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"}}",
            400,
            "BadRequest",
            "Secret in version \"v1\" cannot be handled as a ConfigMap"),
        post(
            "other namespace",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}",
            400,
            "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the"
                + " request"),
        post(
            "with a version",
            MAPS,
            JSON,
            "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"5\"}}",
            400,
            "BadRequest",
            "resourceVersion should not be set on objects to be created"),
        post(
            "missing namespace",
            "/api/v1/namespaces/none/configmaps",
            JSON,
            configMap("a"),
            404,
            "NotFound",
            "namespaces \"none\" not found"),
        post(
            "unknown dry run",
            MAPS + "?dryRun=Maybe",
            JSON,
            configMap("a"),
            422,
            "Invalid",
            "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"Maybe\""),
        post(
            "create of a name",
            MAPS + "/a",
            JSON,
            configMap("a"),
            405,
            "MethodNotAllowed",
            "create is not supported on resources of kind \"configmaps\""),
        post(
            "all namespaces",
            "/api/v1/configmaps",
            JSON,
            configMap("a"),
            405,
            "MethodNotAllowed",
            "create is not supported"),
        post(
            "address out of range",
            "/api/v1/namespaces/bad/services",
            JSON,
            service("10.1.2.3"),
            422,
            "Invalid",
            "Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"10.1.2.3\"]: failed to"
                + " allocate IP 10.1.2.3: provided IP is not in the valid range"));
  }

  static Stream<Case> others() {
    String there = MAPS.replace("bad", "good") + "/there";
    return Stream.of(
        get("unknown object", MAPS + "/none", 404, "NotFound", "configmaps \"none\" not found"),
        get(
            "unknown type",
            "/api/v1/namespaces/bad/things",
            404,
            "NotFound",
            "the server could not find the requested resource"),
        get("unknown group", "/apis/no.such/v1/things", 404, "NotFound", "could not find"),
        get("unknown version", "/apis/apps/v7/deployments", 404, "NotFound", "could not find"),
        get("unknown path", "/no/such", 404, "NotFound", "could not find"),
        get("unknown subresource", MAPS + "/a/scale", 404, "NotFound", "could not find"),
        get("scoped wrongly", "/api/v1/namespaces/bad/nodes/n", 404, "NotFound", ""),
        get("no namespace", "/apis/apps/v1/deployments/d", 404, "NotFound", ""),
        get(
            "escaped slash",
            "/api/v1/namespaces/bad%2fx/configmaps",
            400,
            "BadRequest",
            "may not contain '/'"),
        get("dots", "/api/v1/namespaces/%2e%2e/configmaps", 400, "BadRequest", "may not be '..'"),
        get("empty segment", "/api/v1//configmaps", 400, "BadRequest", "empty segment"),
        get("no UTF-8", "/api/v1/namespaces/%ff/configmaps", 400, "BadRequest", "not UTF-8"),
        get("label selector", MAPS + "?labelSelector=a%20%20b", 400, "BadRequest", ""),
        get(
            "field selector",
            MAPS + "?fieldSelector=spec.x%3Dy",
            400,
            "BadRequest",
            "field label not supported: spec.x"),
        get("limit", MAPS + "?limit=many", 400, "BadRequest", "limit"),
        get(
            "limit out of range",
            MAPS + "?limit=99999999999999999999",
            400,
            "BadRequest",
            "value out of range"),
        get(
            "version out of range",
            MAPS + "?resourceVersion=99999999999999999999",
            400,
            "BadRequest",
            "value out of range"),
        get(
            "watch from the future",
            MAPS + "?watch=1&resourceVersion=9000000000000000000",
            504,
            "Timeout",
            "Too large resource version: 9000000000000000000"),
        get("version", MAPS + "?resourceVersion=new", 400, "BadRequest", "resourceVersion"),
        get("version of an object", there + "?resourceVersion=-1", 400, "BadRequest", ""),
        get("continue", MAPS + "?continue=zzz", 400, "BadRequest", "continue key is not valid"),
        get(
            "match",
            MAPS + "?resourceVersionMatch=Exact",
            422,
            "Invalid",
            "resourceVersionMatch is forbidden unless resourceVersion is provided"),
        get(
            "future",
            MAPS + "?resourceVersion=99999999",
            504,
            "Timeout",
            "Too large resource version: 99999999"),
        get("watch options", MAPS + "?watch=1&sendInitialEvents=true", 422, "Invalid", ""),
        new Case(
            "not there",
            "DELETE",
            MAPS + "/none",
            JSON,
            "",
            404,
            "NotFound",
            "configmaps \"none\" not found"),
        new Case(
            "delete default",
            "DELETE",
            "/api/v1/namespaces/default",
            JSON,
            "",
            403,
            "Forbidden",
            "namespaces \"default\" is forbidden: this namespace may not be deleted"),
        new Case(
            "delete options",
            "DELETE",
            there,
            JSON,
            "{\"propagationPolicy\":\"Never\"}",
            422,
            "Invalid",
            "propagationPolicy: Unsupported value: \"Never\""),
        new Case(
            "both policies",
            "DELETE",
            there,
            JSON,
            "{\"propagationPolicy\":\"Orphan\",\"orphanDependents\":true}",
            422,
            "Invalid",
            "orphanDependents and deletionPropagation cannot be both set"),
        new Case(
            "other uid",
            "DELETE",
            there,
            JSON,
            "{\"preconditions\":{\"uid\":\"x\"}}",
            409,
            "Conflict",
            "Operation cannot be fulfilled on configmaps \"there\""),
        new Case(
            "grace of a word",
            "DELETE",
            there,
            JSON,
            "{\"gracePeriodSeconds\":\"x\"}",
            400,
            "BadRequest",
            "int64"),
        new Case(
            "stale",
            "PUT",
            there,
            JSON,
            "{\"metadata\":{\"name\":\"there\",\"resourceVersion\":\"1\"}}",
            409,
            "Conflict",
            "the object has been modified; please apply your changes to the latest version and try"
                + " again"),
        new Case(
            "other name",
            "PUT",
            there,
            JSON,
            configMap("else"),
            400,
            "BadRequest",
            "the name of the object (else) does not match the name on the URL (there)"),
        new Case(
            "no such to replace",
            "PUT",
            MAPS + "/none",
            JSON,
            configMap("none"),
            404,
            "NotFound",
            "configmaps \"none\" not found"),
        new Case("patch of nothing", "PATCH", MAPS + "/none", MERGE, "{}", 404, "NotFound", ""),
        new Case(
            "apply",
            "PATCH",
            there,
            "application/apply-patch+cbor",
            "{}",
            415,
            "UnsupportedMediaType",
            "accepted media types include: application/json-patch+json"),
        new Case("patch without type", "PATCH", there, JSON, "{}", 415, "UnsupportedMediaType", ""),
        new Case("broken patch", "PATCH", there, MERGE, "{", 400, "BadRequest", ""),
        new Case(
            "failing test",
            "PATCH",
            there,
            JSON_PATCH,
            "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"z\"}]",
            422,
            "Invalid",
            ""),
        new Case(
            "forced patch",
            "PATCH",
            there + "?force=true",
            MERGE,
            "{}",
            422,
            "Invalid",
            "force: Forbidden"),
        new Case(
            "immutable",
            "PATCH",
            there,
            MERGE,
            "{\"metadata\":{\"uid\":\"x\"}}",
            409,
            "Conflict",
            ""),
        new Case(
            "deletion by a pod",
            "DELETE",
            there,
            JSON,
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
            400,
            "BadRequest",
            "no kind \"Pod\" is registered for version \"v1\""),
        new Case(
            "deletion in no version",
            "DELETE",
            MAPS,
            JSON,
            "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"a/b/c\"}",
            400,
            "BadRequest",
            "unexpected GroupVersion string: a/b/c"),
        new Case(
            "watch of two names",
            "GET",
            "/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.name%3Db",
            JSON,
            "",
            400,
            "BadRequest",
            "fieldSelector metadata.name doesn't match requested name"),
        new Case(
            "watch of one by a selector of others",
            "GET",
            "/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.name!%3Db",
            JSON,
            "",
            400,
            "BadRequest",
            "fieldSelector metadata.name doesn't match requested name"),
        new Case("update of all", "PUT", MAPS, JSON, configMap("a"), 405, "MethodNotAllowed", ""),
        new Case("post to a document", "POST", "/version", JSON, "{}", 405, "MethodNotAllowed", ""),
        new Case("post to no document", "POST", "/versions", JSON, "{}", 404, "NotFound", ""),
        new Case("log of a map", "GET", there + "/log", JSON, "", 404, "NotFound", ""),
        new Case("unknown method", "PROPFIND", there, JSON, "", 405, "MethodNotAllowed", ""));
  }

  @ParameterizedTest
  @MethodSource({"bodies", "others"})
  void badInputGetsItsStatus(Case each) throws Exception {
    var response = server.send(each.method, each.path, each.body, "Content-Type", each.type);

    assertStatus(response, each.code, each.reason, each.words);
    assertThat(json(server.get(MAPS)).path("items").size()).isZero();
  }

  @Test
  void aBodyAboveTheLimitIsTooLarge() throws Exception {
    String large = configMap("a").replace("\"b\"", "\"" + "x".repeat(3 * 1024 * 1024) + "\"");

    assertStatus(server.post(MAPS, large), 413, "RequestEntityTooLarge", "limit is 3145728");
    assertThat(json(server.get(MAPS)).path("items").size()).isZero();
  }

  @Test
  void tablesOfReviewsAreNotAcceptable() throws Exception {
    var response =
        server.send(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}",
            "Content-Type",
            JSON,
            "Accept",
            "application/json;as=Table;v=v1;g=meta.k8s.io");

    assertStatus(response, 406, "NotAcceptable", "only the following media types are accepted");
  }

  @Test
  void randomBytesNeverBringTheServerDown() throws Exception {
    var random = new java.util.Random(3);
    for (String type : List.of(JSON, YAML, PROTOBUF)) {
      for (int i = 0; i < 30; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (type.equals(PROTOBUF) && bytes.length > 4) {
          System.arraycopy("k8s\0".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 4);
        }
        var response =
            server.admin.send(
                server.request("POST", MAPS, bytes, "Content-Type", type).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
      }
    }
  }

  private static void assertStatus(
      HttpResponse<String> response, int code, String reason, String words) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
    var status = json(response);
    assertThat(status.path("kind").asString("")).isEqualTo("Status");
    assertThat(status.path("status").asString("")).isEqualTo("Failure");
    assertThat(status.path("code").asInt()).isEqualTo(code);
    assertThat(status.path("reason").asString("")).isEqualTo(reason);
    assertThat(status.path("message").asString("")).contains(words);
  }

  private static String service(String address) {
    return "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"clusterIP\":\""
        + address
        + "\",\"ports\":[{\"port\":80}]}}";
  }

  private static String bomb() {
    var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [".formatted(i, i));
      yaml.append("*a%d,".formatted(i - 1).repeat(9)).append("]\n");
    }
    return yaml.toString();
  }
}
