package dev.troupe.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiDocumentsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final OpenApiDocuments DOCUMENTS =
      new OpenApiDocuments(ResourceRegistry.standard().now(), "v1.36.0");

  @Test
  void indexLeadsToEveryDocument() {
    var paths = JSON.readTree(DOCUMENTS.index().json()).path("paths");

    assertThat(paths.propertyNames())
        .contains(
            "api/v1", "apis/apps/v1", "apis/events.k8s.io/v1", "apis/authorization.k8s.io/v1");
    for (var path : paths.propertyNames()) {
      var document = DOCUMENTS.document(path).orElseThrow();
      assertThat(paths.path(path).path("serverRelativeURL").asString())
          .isEqualTo("/openapi/v3/" + path + "?hash=" + document.hash());
    }
    assertThat(DOCUMENTS.document("apis/nothing/v1")).isEmpty();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (var path : JSON.readTree(DOCUMENTS.index().json()).path("paths").propertyNames()) {
      var document = JSON.readTree(DOCUMENTS.document(path).orElseThrow().json());
      for (var reference : references(document, new ArrayList<>())) {
        assertThat(document.at(reference.substring(1)).isObject())
            .as(path + " " + reference)
            .isTrue();
      }
    }
  }

  @Test
  void fieldsCarryWhatKubectlComputesPatchesFrom() {
    var containers = core().at("/io.k8s.api.core.v1.PodSpec/properties/containers");

    assertThat(containers.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("name");
    assertThat(containers.path("x-kubernetes-patch-strategy").asString()).isEqualTo("merge");
    assertThat(containers.path("x-kubernetes-list-type").asString()).isEqualTo("map");
    assertThat(containers.path("description").asString()).startsWith("List of containers");
    assertThat(core().at("/io.k8s.api.core.v1.PodSpec/required/0").asString())
        .isEqualTo("containers");
    assertThat(
            core()
                .at("/io.k8s.api.core.v1.PodSpec/properties/volumes/x-kubernetes-patch-strategy")
                .asString())
        .isEqualTo("merge,retainKeys");
    assertThat(
            core()
                .at("/io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector/x-kubernetes-map-type")
                .asString())
        .isIn("atomic", "");
    assertThat(core().at("/io.k8s.api.core.v1.Pod/x-kubernetes-group-version-kind/0").toString())
        .isEqualTo("{\"group\":\"\",\"kind\":\"Pod\",\"version\":\"v1\"}");
  }

  @Test
  void everyTypeAndFieldIsDescribed() {
    int fields = 0;
    for (var path : JSON.readTree(DOCUMENTS.index().json()).path("paths").propertyNames()) {
      var document = JSON.readTree(DOCUMENTS.document(path).orElseThrow().json());
      for (var schema : document.path("components").path("schemas").properties()) {
        assertThat(schema.getValue().path("description").asString(""))
            .as(path + " " + schema.getKey())
            .isNotBlank();
        for (var property : schema.getValue().path("properties").properties()) {
          fields++;
          assertThat(property.getValue().path("description").asString(""))
              .as(path + " " + schema.getKey() + "." + property.getKey())
              .isNotBlank();
        }
      }
    }
    assertThat(fields).isGreaterThan(1800);
  }

  /// What Kubernetes documents for these, but that a deletion may answer the object too.
  @ParameterizedTest
  @CsvSource({
    "configmaps, post, 201, ConfigMap",
    "configmaps, get, 200, ConfigMapList",
    "configmaps/{name}, put, 201, ConfigMap",
    "configmaps/{name}, patch, 200, ConfigMap",
    "configmaps/{name}, delete, 200, Status",
    "configmaps/{name}, delete, 200, ConfigMap",
    "configmaps, delete, 200, ConfigMapList",
    "pods/{name}, delete, 200, Pod",
    "services/{name}, delete, 200, Service",
    "serviceaccounts/{name}, delete, 200, ServiceAccount",
    "pods/{name}/status, put, 201, Pod",
    "pods/{name}/binding, post, 201, Status",
    "configmaps, post, default, Status"
  })
  void operationsSayWhatTheyAnswer(String path, String method, String code, String kind) {
    var answer =
        JSON.readTree(DOCUMENTS.document("api/v1").orElseThrow().json())
            .path("paths")
            .path("/api/v1/namespaces/{namespace}/" + path)
            .path(method)
            .path("responses")
            .path(code);

    assertThat(answer.findValuesAsString("$ref")).anyMatch(to -> to.endsWith(".v1." + kind));
  }

  /// Clients in Go read a document with any other word not at all.
  @Test
  void answersAreNamedByTheirCodesOrAreAllOthers() {
    for (var document : List.of("api/v1", "apis/apps/v1", "apis/authorization.k8s.io/v1")) {
      var paths = JSON.readTree(DOCUMENTS.document(document).orElseThrow().json()).path("paths");

      assertThat(paths.findValues("responses"))
          .isNotEmpty()
          .allSatisfy(each ->
              assertThat(each.propertyNames()).allMatch(code -> code.matches("default|[0-9]{3}")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api/v1, /api/v1/pods, get, listCoreV1PodForAllNamespaces",
    "api/v1, /api/v1/namespaces/{namespace}/pods, get, listCoreV1NamespacedPod",
    "api/v1, /api/v1/namespaces/{namespace}/pods, delete, deleteCoreV1CollectionNamespacedPod",
    "api/v1, /api/v1/nodes/{name}, get, readCoreV1Node",
    "api/v1, /api/v1/namespaces/{name}/finalize, put, replaceCoreV1NamespaceFinalize",
    "api/v1, /api/v1/namespaces/{namespace}/pods/{name}/log, get, readCoreV1NamespacedPodLog",
    "apis/apps/v1, /apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale, patch,"
        + " patchAppsV1NamespacedDeploymentScale",
    "apis/events.k8s.io/v1, /apis/events.k8s.io/v1/namespaces/{namespace}/events, post,"
        + " createEventsV1NamespacedEvent"
  })
  void operationsHaveTheIdsOfKubernetes(String document, String path, String method, String id) {
    var item =
        JSON.readTree(DOCUMENTS.document(document).orElseThrow().json()).path("paths").path(path);

    assertThat(item.path(method).path("operationId").asString("")).isEqualTo(id);
  }

  @Test
  void patchSaysThatItKnowsFieldValidationAndDryRun() {
    var patch =
        JSON.readTree(DOCUMENTS.document("apis/apps/v1").orElseThrow().json())
            .path("paths")
            .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
            .path("patch");

    assertThat(patch.path("parameters").findValuesAsString("name"))
        .contains("dryRun", "fieldValidation", "fieldManager");
    assertThat(patch.path("x-kubernetes-action").asString()).isEqualTo("patch");
    assertThat(patch.path("x-kubernetes-group-version-kind").path("kind").asString())
        .isEqualTo("Deployment");
  }

  private static JsonNode core() {
    return JSON.readTree(DOCUMENTS.document("api/v1").orElseThrow().json())
        .path("components")
        .path("schemas");
  }

  private static List<String> references(JsonNode node, List<String> found) {
    if (node.path("$ref").isString()) {
      found.add(node.path("$ref").asString());
    }
    node.forEach(child -> references(child, found));
    return found;
  }
}
