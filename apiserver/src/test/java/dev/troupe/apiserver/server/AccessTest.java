package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static dev.troupe.apiserver.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AccessTest {

  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static TestServer server;
  private static HttpClient nobody;
  private static HttpClient user;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    nobody = server.client(null, HttpClient.Version.HTTP_2);
    user = server.client(server.certificates.client("CN=jane,O=dev"), HttpClient.Version.HTTP_2);
  }

  @AfterAll
  static void stop() {
    nobody.shutdownNow();
    user.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/livez", "/readyz", "/version"})
  void healthAndVersionAreForEverybody(String path) throws Exception {
    assertThat(send(nobody, "GET", path, "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/pods", "/api", "/apis", "/metrics", "/openapi/v3", "/nothing"})
  void nothingElseIsWithoutCredentials(String path) throws Exception {
    var response = send(nobody, "GET", path, "");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(json(response).path("reason").asString("")).isEqualTo("Unauthorized");
    assertThat(json(response).path("message").asString("")).isEqualTo("Unauthorized");
  }

  @Test
  void aTokenIsNotKnown() throws Exception {
    var request = server.request("GET", "/version", new byte[0], "Authorization", "Bearer abc");

    assertThat(nobody.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotBelieved() throws Exception {
    var stranger = new TestCertificates().client("CN=admin,O=system:masters");
    try (var client =
        HttpClient.newBuilder().sslContext(server.certificates.context(stranger)).build()) {
      assertThat(send(client, "GET", "/api/v1/pods", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void usersMayLookAroundButNotTouch() throws Exception {
    assertThat(send(user, "GET", "/apis", "").statusCode()).isEqualTo(200);

    var response = send(user, "GET", "/api/v1/namespaces/default/pods/p", "");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(json(response).path("message").asString(""))
        .isEqualTo(
            "pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods\" in API group \"\""
                + " in the namespace \"default\"");

    var list = send(user, "GET", "/apis/apps/v1/deployments", "");
    assertThat(json(list).path("message").asString(""))
        .isEqualTo(
            "deployments.apps is forbidden: User \"jane\" cannot list resource \"deployments\" in"
                + " API group \"apps\" at the cluster scope");

    assertThat(json(send(user, "GET", "/metrics", "")).path("message").asString(""))
        .isEqualTo("forbidden: User \"jane\" cannot get path \"/metrics\"");
  }

  @Test
  void whatControllersHaveBeforeThemIsForAdministrators() throws Exception {
    for (var path : List.of("/troupe/timers", "/troupe/quarantine")) {
      assertThat(send(nobody, "GET", path, "").statusCode()).isEqualTo(401);
      assertThat(send(user, "GET", path, "").statusCode()).isEqualTo(403);
      assertThat(json(send(server.admin, "GET", path, "")).path("total").asInt(-1)).isZero();
      assertThat(send(server.admin, "POST", path, "{}").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void whoHoldsWhatIsForAdministrators() throws Exception {
    assertThat(send(nobody, "GET", "/troupe/status", "").statusCode()).isEqualTo(401);
    assertThat(send(user, "GET", "/troupe/status", "").statusCode()).isEqualTo(403);
    assertThat(json(send(server.admin, "GET", "/", "")).path("paths").toString())
        .contains("\"/troupe/status\"");

    var seen = json(send(server.admin, "GET", "/troupe/status", ""));
    assertThat(seen.path("seenBy").asString("")).isEqualTo("127.0.0.1:7355");
    assertThat(seen.path("members").toString())
        .isEqualTo(
            "[{\"address\":\"127.0.0.1:7355\",\"status\":\"up\",\"answers\":true,\"store\":"
                + "{\"commits\":512,\"p50Millis\":1.234,\"p99Millis\":20.0,"
                + "\"lastCommitAgeMillis\":300}},"
                + "{\"address\":\"127.0.0.1:7356\",\"status\":\"up\",\"answers\":false}]");
    assertThat(seen.path("partitions").path(0).toString())
        .isEqualTo(
            "{\"partition\":\"pods#0\",\"owner\":\"127.0.0.1:7355\",\"serving\":true,"
                + "\"epoch\":3,\"resources\":12,\"version\":\"512\"}");
    assertThat(seen.path("partitions").path(1).has("owner")).isFalse();
    assertThat(seen.path("controllers").path(0).path("quarantined").asInt()).isEqualTo(1);
    assertThat(seen.path("controllers").path(0).path("behindMillis").asInt()).isEqualTo(2_000);
    assertThat(seen.path("promises").toString())
        .isEqualTo(
            "[{\"collection\":\"pods\",\"partitions\":12,\"slowest\":\"pods#3\",\"ageMillis\":800,"
                + "\"held\":9,\"heldMillis\":700}]");
    assertThat(seen.path("streams").toString())
        .isEqualTo(
            "[{\"from\":\"127.0.0.1:7355\",\"to\":\"127.0.0.1:7356\",\"streams\":27,"
                + "\"behind\":300,\"behindMillis\":900,\"slowest\":\"pods#0\"}]");
  }

  @Test
  void usersCanAskAboutThemselves() throws Exception {
    String question =
        "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
    var mine = send(user, "POST", REVIEWS, question);
    assertThat(mine.statusCode()).isEqualTo(201);
    assertThat(json(mine).path("status").path("allowed").asBoolean()).isFalse();
    assertThat(
            json(send(server.admin, "POST", REVIEWS, question))
                .path("status")
                .path("allowed")
                .asBoolean())
        .isTrue();

    var self =
        send(
            user,
            "POST",
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\"}");
    assertThat(json(self).path("status").path("userInfo").path("username").asString(""))
        .isEqualTo("jane");
    assertThat(json(self).path("status").path("userInfo").path("groups").toString())
        .isEqualTo("[\"dev\",\"system:authenticated\"]");

    var rules =
        send(
            user,
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            "{\"spec\":{\"namespace\":\"default\"}}");
    assertThat(json(rules).path("status").path("resourceRules").size()).isPositive();
  }

  @Test
  void aReviewHasWhatItsTypeHasAndNothingElse() throws Exception {
    var review =
        send(
            user,
            "POST",
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            "{\"nonsense\":1,\"status\":{\"userInfo\":{\"username\":\"root\"}}}");

    assertThat(json(review).has("nonsense")).isFalse();
    assertThat(json(review).path("status").path("userInfo").path("username").asString(""))
        .isEqualTo("jane");
  }

  @Test
  void healthCanBeAskedInDetail() throws Exception {
    assertThat(send(server.admin, "GET", "/readyz?verbose", "").body())
        .isEqualTo("[+]ping ok\n[+]shutdown ok\nreadyz check passed\n");
    assertThat(send(server.admin, "GET", "/livez/ping", "").body()).isEqualTo("ok");
    assertThat(send(server.admin, "GET", "/livez/none", "").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsAreCounted() throws Exception {
    send(server.admin, "GET", "/api/v1/namespaces", "");

    assertThat(send(server.admin, "GET", "/metrics", "").body())
        .contains("apiserver_request_duration_seconds_count{code=\"200\"")
        .contains("resource=\"namespaces\"")
        .contains("jvm_memory_used_bytes")
        .contains("apiserver_current_inflight_requests")
        .contains("troupe_test_total 7.0");
  }

  @Test
  void whatTheMemberMeasuresIsShown() throws Exception {
    assertThat(send(server.admin, "GET", "/metrics", "").body())
        .contains(
            "# TYPE troupe_letters_total counter\n",
            "troupe_letters_total{direction=\"sent\"} 3.0\n",
            "# TYPE troupe_lease_seconds gauge\n",
            "troupe_lease_seconds 0.5\n",
            "troupe_opening_seconds_bucket{kind=\"clean\",le=\"0.1\"} 2\n",
            "troupe_opening_seconds_bucket{kind=\"clean\",le=\"1.0\"} 3\n",
            "troupe_opening_seconds_bucket{kind=\"clean\",le=\"+Inf\"} 4\n",
            "troupe_opening_seconds_count{kind=\"clean\"} 4\n",
            "troupe_opening_seconds_sum{kind=\"clean\"} 7.5\n");
  }

  @Test
  void theVersionIsOneThatClientsUnderstand() throws Exception {
    var version = JSON.readTree(send(nobody, "GET", "/version", "").body());

    assertThat(version.path("major").asString("")).matches("[0-9]+");
    assertThat(version.path("minor").asString("")).matches("[0-9]+");
    assertThat(version.path("gitVersion").asString("")).startsWith("v1.36.0+troupe");
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, String path, String body) throws Exception {
    return client.send(
        server
            .request(
                method,
                path,
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
