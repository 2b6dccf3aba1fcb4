package dev.troupe.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.apiserver.request.Target.OfPath;
import dev.troupe.apiserver.request.Target.OfResource;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Verb;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {

  static Stream<Arguments> resources() {
    return Stream.of(
        of("GET", "/api/v1/pods", Verb.LIST, "", "v1", "pods", "", "", ""),
        of("GET", "/api/v1/pods?watch=true", Verb.WATCH, "", "v1", "pods", "", "", ""),
        of("GET", "/api/v1/pods?watch=false", Verb.LIST, "", "v1", "pods", "", "", ""),
        of("GET", "/api/v1/pods?watch", Verb.WATCH, "", "v1", "pods", "", "", ""),
        of("GET", "/api/v1/watch/pods", Verb.WATCH, "", "v1", "pods", "", "", ""),
        of("GET", "/api/v1/watch/namespaces/n/pods/p", Verb.WATCH, "", "v1", "pods", "", "n", "p"),
        of("GET", "/api/v1/namespaces/n/pods/p", Verb.GET, "", "v1", "pods", "", "n", "p"),
        of("HEAD", "/api/v1/namespaces/n/pods/p", Verb.GET, "", "v1", "pods", "", "n", "p"),
        of("GET", "/api/v1/namespaces", Verb.LIST, "", "v1", "namespaces", "", "", ""),
        of("GET", "/api/v1/namespaces/n", Verb.GET, "", "v1", "namespaces", "", "n", "n"),
        of(
            "PUT",
            "/api/v1/namespaces/n/finalize",
            Verb.UPDATE,
            "",
            "v1",
            "namespaces",
            "finalize",
            "n",
            "n"),
        of(
            "GET",
            "/api/v1/namespaces/n/status",
            Verb.GET,
            "",
            "v1",
            "namespaces",
            "status",
            "n",
            "n"),
        of("POST", "/api/v1/namespaces/n/pods", Verb.CREATE, "", "v1", "pods", "", "n", ""),
        of(
            "POST",
            "/api/v1/namespaces/n/pods/p/binding",
            Verb.CREATE,
            "",
            "v1",
            "pods",
            "binding",
            "n",
            "p"),
        of(
            "PATCH",
            "/apis/apps/v1/namespaces/n/deployments/d/scale",
            Verb.PATCH,
            "apps",
            "v1",
            "deployments",
            "scale",
            "n",
            "d"),
        of(
            "DELETE",
            "/apis/apps/v1/namespaces/n/deployments",
            Verb.DELETECOLLECTION,
            "apps",
            "v1",
            "deployments",
            "",
            "n",
            ""),
        of(
            "DELETE",
            "/apis/apps/v1/namespaces/n/deployments/d",
            Verb.DELETE,
            "apps",
            "v1",
            "deployments",
            "",
            "n",
            "d"),
        of("GET", "/api/v1/namespaces/n/pods/", Verb.LIST, "", "v1", "pods", "", "n", ""),
        of(
            "GET",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/a%20b",
            Verb.GET,
            "rbac.authorization.k8s.io",
            "v1",
            "clusterroles",
            "",
            "",
            "a b"));
  }

  private static Arguments of(
      String method,
      String uri,
      Verb verb,
      String group,
      String version,
      String resource,
      String subresource,
      String namespace,
      String name) {
    return Arguments.of(
        method,
        uri,
        new OfResource(
            verb, group, version, resource, Subresources.named(subresource), namespace, name));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void aPathIsReadAsKubernetesReadsIt(String method, String uri, Target expected) {
    assertThat(parse(method, uri).target()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/api", "/api/", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/x/y"})
  void whatIsNoResourceIsAPath(String path) {
    assertThat(parse("GET", path).target()).isInstanceOf(OfPath.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/a%2fb/pods",
        "/api/v1/namespaces/a%2Fb/pods",
        "/api/v1/namespaces/../pods",
        "/api/v1/namespaces/%2e%2e/pods",
        "/api/v1/namespaces/./pods",
        "/api/v1//pods",
        "//api/v1/pods",
        "/api/v1/pods//",
        "/api/v1/namespaces/%ff/pods",
        "/api/v1/namespaces/%zz/pods",
        "/api/v1/namespaces/%2/pods",
        "/api/v1/namespaces/a%00b/pods",
        "/api/v1/namespaces/a%0ab/pods",
        "/api/v1/namespaces/a%25b/pods",
        "api/v1/pods",
        "/api/v1/pods?x=%ff",
        "*"
      })
  void hostilePathsAreBadRequests(String uri) {
    assertThatThrownBy(() -> parse("GET", uri))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.refusal().code()).isEqualTo(400));
  }

  @Test
  void unknownMethodsAreNotAllowed() {
    assertThatThrownBy(() -> parse("TRACE", "/api/v1/pods"))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.refusal().code()).isEqualTo(405));
  }

  @Test
  void tooDeepPathsLeadNowhere() {
    assertThatThrownBy(() -> parse("GET", "/api/v1/namespaces/n/pods/p/log/x"))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.refusal().code()).isEqualTo(404));
  }

  private static ApiRequest parse(String method, String uri) {
    return ApiRequest.parse(method, uri, _ -> null);
  }
}
