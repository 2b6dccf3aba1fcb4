package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clients.operator.Forecast;
import dev.troupe.clients.operator.ForecastOperator;
import dev.troupe.clients.operator.Shop;
import dev.troupe.clients.operator.ShopOperator;
import dev.troupe.clients.operator.Vault;
import dev.troupe.clients.operator.VaultOperator;
import dev.troupe.testkit.process.Api;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Three operators on the Java Operator SDK, each a process of its own that is told where the
/// member is by a kubeconfig; their definitions are generated of their classes, as those of users
/// are.
@ExtendWith(Member.Shared.class)
class JavaOperatorsIT {

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private static void define(Member member, Class<? extends HasMetadata> type) throws IOException {
    var directory = member.directory("definition-" + type.getSimpleName());
    new CRDGenerator()
        .customResourceClasses(type)
        .forCRDVersions("v1")
        .inOutputDir(directory.toFile())
        .generate();
    var name = HasMetadata.getFullResourceName(type);
    var text = Files.readString(directory.resolve(name + "-v1.yml"));
    var made = member.api().send("POST", DEFINITIONS, text, "application/yaml");
    assertThat(made.code()).as("%s", made).isEqualTo(201);
    Eventually.get(
        member.api(),
        DEFINITIONS + "/" + name,
        seen -> Eventually.condition(seen, "Established").equals("True"));
  }

  private static Running start(Member member, Class<?> operator, String namespace) {
    var running =
        Running.start(
            Program.of(
                    member,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    operator.getName())
                .builder(namespace),
            member.directory("operators").resolve(namespace + ".log"));
    running.await("started");
    return running;
  }

  private static String path(String namespace, String plural) {
    return "/apis/java.example.com/v1/namespaces/" + namespace + "/" + plural;
  }

  private static Api.Answer create(
      Api api, String namespace, String plural, String kind, String name, String spec) {
    return api.post(
        path(namespace, plural),
        """
        {"apiVersion":"java.example.com/v1","kind":"%s","metadata":{"name":"%s"},"spec":%s}\
        """
            .formatted(kind, name, spec));
  }

  @Test
  void dependentResourcesFollowAWorkflow(Member member) throws IOException {
    var api = member.api();
    member.createNamespace("shops");
    define(member, Shop.class);
    var corner = path("shops", "shops") + "/corner";
    var service = "/api/v1/namespaces/shops/services/corner";
    try (var _ = start(member, ShopOperator.class, "shops")) {
      var refused =
          create(
              api,
              "shops",
              "shops",
              "Shop",
              "none",
              "{\"sign\":\"x\",\"sellers\":0,\"open\":true}");
      assertThat(refused.body().at("/message").asString())
          .contains("a shop without sellers cannot be open");
      create(api, "shops", "shops", "Shop", "corner", "{\"sign\":\"Bread\",\"sellers\":2}");
      Eventually.get(api, corner, shop -> shop.at("/status/ready").asInt() == 2);
      assertThat(api.get(service).code()).isEqualTo(404);
      var sign = api.get("/api/v1/namespaces/shops/configmaps/corner").body();
      assertThat(sign.at("/data/text").asString()).isEqualTo("Bread");
      assertThat(sign.at("/metadata/ownerReferences/0/kind").asString()).isEqualTo("Shop");
      var sellers = api.get("/apis/apps/v1/namespaces/shops/deployments/corner").body();
      assertThat(sellers.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Apply");

      api.patch(corner, "{\"spec\":{\"open\":true,\"sellers\":3}}");
      Eventually.get(
          api,
          corner,
          shop -> shop.at("/status/ready").asInt() == 3 && shop.at("/status/open").asBoolean());
      api.delete("/api/v1/namespaces/shops/configmaps/corner");
      Eventually.get(
          api,
          "/api/v1/namespaces/shops/configmaps/corner",
          map -> map.at("/data/text").asString("").equals("Bread"));
      api.patch(corner, "{\"spec\":{\"open\":false}}");
      Eventually.gone(api, service);

      api.delete(corner);
      Eventually.gone(api, "/apis/apps/v1/namespaces/shops/deployments/corner");
    }
  }

  @Test
  void aCleanerIsDoneBeforeItsObjectGoes(Member member) throws IOException {
    var api = member.api();
    member.createNamespace("vaults");
    define(member, Vault.class);
    var deep = path("vaults", "vaults") + "/deep";
    var secret = "/api/v1/namespaces/vaults/secrets/deep";
    try (var operator = start(member, VaultOperator.class, "vaults")) {
      create(api, "vaults", "vaults", "Vault", "deep", "{\"content\":\"gold\"}");
      Eventually.get(api, secret, seen -> seen.at("/data/content").asString("").equals("Z29sZA=="));
      assertThat(api.get(deep).body().at("/metadata/finalizers").toString())
          .isEqualTo("[\"java.example.com/empty\"]");

      api.delete(deep);
      operator.await("emptied deep");
      Eventually.gone(api, deep);
      assertThat(api.get(secret).code()).isEqualTo(404);
    }
  }

  @Test
  void statusSaysWhatIsWrongAndEventsWhatHappened(Member member) throws IOException {
    var api = member.api();
    member.createNamespace("forecasts");
    define(member, Forecast.class);
    var tomorrow = path("forecasts", "forecasts") + "/tomorrow";
    var maps = "/api/v1/namespaces/forecasts/configmaps";
    try (var _ = start(member, ForecastOperator.class, "forecasts")) {
      create(api, "forecasts", "forecasts", "Forecast", "tomorrow", "{\"place\":\"bonn\"}");
      Eventually.get(
          api,
          tomorrow,
          seen -> seen.at("/status/problem").asString("").equals("nothing is known of bonn"));

      api.post(
          maps,
          "{\"metadata\":{\"name\":\"bonn\",\"labels\":{\"weather\":\"true\"}},\"data\":{\"text\":\"rain\"}}");
      var known =
          Eventually.get(
              api, tomorrow, seen -> seen.at("/status/text").asString("").equals("rain"));
      assertThat(known.at("/status/problem").asString()).isEmpty();
      assertThat(known.at("/status/observedGeneration").asInt()).isEqualTo(1);
      api.patch(maps + "/bonn", "{\"data\":{\"text\":\"sun\"}}");
      Eventually.get(api, tomorrow, seen -> seen.at("/status/text").asString("").equals("sun"));
      assertThat(
              api.get(
                      "/api/v1/namespaces/forecasts/events?fieldSelector=involvedObject.name=tomorrow")
                  .body()
                  .at("/items")
                  .findValuesAsString("message"))
          .containsExactlyInAnyOrder("rain", "sun");
      var lease =
          api.get("/apis/coordination.k8s.io/v1/namespaces/forecasts/leases/forecasts").body();
      assertThat(lease.at("/spec/holderIdentity").asString()).isEqualTo("forecaster");
    }
  }
}
