package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.ApiextensionsV1Api;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinition;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.Yaml;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.options.DeleteOptions;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The official Java client: a definition, server-side apply of an object of it, and an informer.
/// Its leader election comes in a library of its own.
@ExtendWith(Member.Shared.class)
class OfficialJavaIT {

  private static final String NAMESPACE = "official-java";

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: kites.official.example.com}
      spec:
        group: official.example.com
        scope: Namespaced
        names: {plural: kites, singular: kite, kind: Kite, listKind: KiteList}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    colour: {type: string, default: red}
                    tail: {type: integer, maximum: 9}
      """;

  private static V1Patch kite(String spec) {
    return new V1Patch(
        """
        {"apiVersion":"official.example.com/v1","kind":"Kite","metadata":{"name":"first"},"spec":%s}\
        """
            .formatted(spec));
  }

  private static void define(Member member, ApiClient client) throws Exception {
    var definition = Yaml.loadAs(DEFINITION, V1CustomResourceDefinition.class);
    new ApiextensionsV1Api(client).createCustomResourceDefinition(definition).execute();
    Eventually.get(
        member.api(),
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kites.official.example.com",
        seen -> Eventually.condition(seen, "Established").equals("True"));
  }

  private static PatchOptions by(String manager) {
    var options = new PatchOptions();
    options.setFieldManager(manager);
    return options;
  }

  @Test
  void aCustomResourceIsAppliedAndFollowed(Member member) throws Exception {
    member.createNamespace(NAMESPACE);
    var client = Config.fromConfig(member.kubeconfig().toString());
    define(member, client);
    var kites = new DynamicKubernetesApi("official.example.com", "v1", "kites", client);
    var seen = new LinkedBlockingQueue<String>();
    var informers = new SharedInformerFactory(client);
    var informer =
        informers.sharedIndexInformerFor(kites, DynamicKubernetesObject.class, 0, NAMESPACE);
    informer.addEventHandler(telling(seen));
    informers.startAllRegisteredInformers();
    try {
      var apply = V1Patch.PATCH_FORMAT_APPLY_YAML;
      var made =
          kites.patch(NAMESPACE, "first", apply, kite("{\"tail\":3}"), by("child")).getObject();
      var spec = made.getRaw().getAsJsonObject("spec");
      assertThat(spec.get("colour").getAsString()).isEqualTo("red");
      assertThat(spec.get("tail").getAsInt()).isEqualTo(3);
      assertThat(made.getMetadata().getManagedFields())
          .extracting(V1ManagedFieldsEntry::getOperation)
          .containsExactly("Apply");
      assertThat(next(seen)).isEqualTo("added first");

      var conflict = kites.patch(NAMESPACE, "first", apply, kite("{\"tail\":4}"), by("wind"));
      assertThat(conflict.getHttpStatusCode()).isEqualTo(409);
      assertThat(conflict.getStatus().getMessage()).contains("conflict with \"child\": .spec.tail");
      var forced = by("wind");
      forced.setForce(true);
      kites.patch(NAMESPACE, "first", apply, kite("{\"tail\":4}"), forced).throwsApiException();
      assertThat(next(seen)).isEqualTo("updated first");
      var invalid = kites.patch(NAMESPACE, "first", apply, kite("{\"tail\":10}"), forced);
      assertThat(invalid.getHttpStatusCode()).isEqualTo(422);

      kites.delete(NAMESPACE, "first", new DeleteOptions()).throwsApiException();
      assertThat(next(seen)).isEqualTo("deleted first");
      assertThat(informer.getIndexer().list()).isEmpty();
    } finally {
      informers.stopAllRegisteredInformers();
    }
  }

  private static String next(BlockingQueue<String> seen) throws InterruptedException {
    return String.valueOf(seen.poll(60, TimeUnit.SECONDS));
  }

  private static ResourceEventHandler<DynamicKubernetesObject> telling(BlockingQueue<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(DynamicKubernetesObject object) {
        seen.add("added " + object.getMetadata().getName());
      }

      @Override
      public void onUpdate(DynamicKubernetesObject before, DynamicKubernetesObject after) {
        seen.add("updated " + after.getMetadata().getName());
      }

      @Override
      public void onDelete(DynamicKubernetesObject object, boolean unknown) {
        seen.add("deleted " + object.getMetadata().getName());
      }
    };
  }
}
