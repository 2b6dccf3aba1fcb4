package dev.troupe.resources.kind.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.claim.Claim;
import dev.troupe.resources.claim.ClaimChange;
import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServiceClaimsTest {

  private static final String ANY_ADDRESS = "clusterIP= at spec.clusterIPs";

  private final ServiceClaims claims =
      new ServiceClaims(new ServiceAddresses(AddressRange.parse("10.96.0.0/16")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'type':'ClusterIP'                                      | clusterIP=",
        "'type':'ClusterIP','clusterIP':''                       | clusterIP=",
        "'type':'ClusterIP','clusterIP':'10.96.0.9'              | clusterIP=10.96.0.9",
        "'type':'ClusterIP','clusterIPs':['10.96.0.9']           | clusterIP=10.96.0.9",
        "'type':'NodePort'                                       | clusterIP=",
        "'type':'ClusterIP','clusterIP':'None'                   | ~~",
        "'type':'ClusterIP','clusterIPs':['None']                | ~~",
        "'type':'ExternalName','externalName':'example.com'      | ~~"
      })
  void everyServiceWithAnAddressClaimsIt(String spec, String expected) {
    var found = claims.of(service("{" + spec + "}"));

    assertThat(found)
        .extracting(claim -> claim.place() + "=" + claim.thing())
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void everyPortNeedsANumberOfItsOwn() {
    var service =
        service("{'type':'NodePort','ports':[{'port':80},{'port':443,'nodePort':30443}]}");

    assertThat(needs(null, service))
        .containsExactly(
            ANY_ADDRESS, "80= at spec.ports[0].nodePort", "443=30443 at spec.ports[1].nodePort");
  }

  @Test
  void protocolsOfOnePortShareItsNumber() {
    var service =
        service(
            """
            {'type':'NodePort','ports':[{'port':53,'protocol':'TCP'},{'port':53,'protocol':'UDP'},
             {'port':54,'protocol':'TCP'},{'port':54,'protocol':'UDP','nodePort':30054}]}
            """);
    var needs = claims.of(service);
    assertThat(words(needs))
        .containsExactly(
            ANY_ADDRESS, "53= at spec.ports[0].nodePort", "54=30054 at spec.ports[3].nodePort");

    claims.fill(
        service, List.of(needs.get(0).on("10.96.0.9"), needs.get(1).on("31000"), needs.get(2)));

    var spec = service.path("spec");
    assertThat(spec.path("clusterIP").stringValue()).isEqualTo("10.96.0.9");
    assertThat(spec.path("clusterIPs").path(0).stringValue()).isEqualTo("10.96.0.9");
    assertThat(spec.path("ports"))
        .extracting(port -> port.path("nodePort").asInt())
        .isEqualTo(List.of(31_000, 31_000, 30_054, 30_054));
  }

  @Test
  void whatIsHeldIsNotNeeded() {
    var before =
        "{'type':'NodePort','clusterIP':'10.96.0.9','ports':[{'port':80,'nodePort':30080}]}";
    var after =
        """
        {'type':'NodePort','clusterIP':'10.96.0.9',
         'ports':[{'port':80,'nodePort':30080},{'port':81}]}
        """;

    var change = ClaimChange.of(claims, service(before), service(after));

    assertThat(words(change.needed())).containsExactly("81= at spec.ports[1].nodePort");
    assertThat(change.kept()).extracting(Claim::thing).containsExactly("10.96.0.9", "30080");
    assertThat(change.dropped()).isEmpty();
  }

  @Test
  void whatIsNotWrittenAnyMoreIsDropped() {
    var before =
        service(
            """
            {'type':'NodePort','clusterIP':'10.96.0.9',
             'ports':[{'port':80,'nodePort':30080},{'port':81,'nodePort':30081}]}
            """);
    var fewer =
        service(
            """
            {'type':'NodePort','clusterIP':'10.96.0.9','ports':[{'port':80,'nodePort':30090}]}
            """);
    var inside = service("{'type':'ClusterIP','clusterIP':'10.96.0.9','ports':[{'port':80}]}");
    var external = service("{'type':'ExternalName','externalName':'example.com'}");

    assertThat(dropped(before, fewer)).containsExactly("30080", "30081");
    assertThat(needs(before, fewer)).containsExactly("80=30090 at spec.ports[0].nodePort");
    assertThat(dropped(before, inside)).containsExactly("30080", "30081");
    assertThat(dropped(before, external)).containsExactly("10.96.0.9", "30080", "30081");
    assertThat(dropped(before, null)).containsExactly("10.96.0.9", "30080", "30081");
    assertThat(dropped(null, before)).isEmpty();
  }

  @Test
  void aLoadBalancerMayDoWithout() {
    var service =
        service(
            """
            {'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,
             'ports':[{'port':80},{'port':443,'nodePort':30443}]}
            """);

    assertThat(needs(null, service))
        .containsExactly(ANY_ADDRESS, "443=30443 at spec.ports[1].nodePort");

    claims.fill(service, claims.of(service).subList(1, 2));
    assertThat(service.path("spec").path("ports").path(0).has("nodePort")).isFalse();
  }

  @Test
  void aLocalLoadBalancerHasAHealthCheck() {
    var service =
        service("{'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]}");

    var needs = claims.of(service);
    assertThat(words(needs)).contains("healthCheckNodePort= at spec.healthCheckNodePort");
    claims.fill(service, List.of(needs.get(1).on("31000"), needs.get(2).on("31001")));
    assertThat(claims.of(service)).extracting(Claim::thing).containsExactly("", "31000", "31001");
  }

  private List<String> needs(@Nullable ObjectNode before, ObjectNode after) {
    return words(ClaimChange.of(claims, before, after).needed());
  }

  private List<String> dropped(@Nullable ObjectNode before, @Nullable ObjectNode after) {
    return ClaimChange.of(claims, before, after).dropped().stream().map(Claim::thing).toList();
  }

  private static List<String> words(List<Claim> claims) {
    return claims.stream()
        .map(claim -> claim.place() + "=" + claim.thing() + " at " + claim.field())
        .toList();
  }

  private static ObjectNode service(String spec) {
    var service = Json.object();
    service.set("spec", JsonMapper.shared().readTree(spec.replace('\'', '"')));
    return service;
  }
}
