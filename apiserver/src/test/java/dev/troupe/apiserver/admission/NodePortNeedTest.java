package dev.troupe.apiserver.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodePortNeedTest {

  @Test
  void everyPortNeedsANumberOfItsOwn() {
    var spec = spec("{'type':'NodePort','ports':[{'port':80},{'port':443,'nodePort':30443}]}");

    assertThat(NodePortNeed.of(spec, Set.of()))
        .containsExactly(
            new NodePortNeed(0, 80, "spec.ports[0].nodePort"),
            new NodePortNeed(30_443, 443, "spec.ports[1].nodePort"));
  }

  @Test
  void protocolsOfOnePortShareItsNumber() {
    var spec =
        spec(
            """
            {'type':'NodePort','ports':[{'port':53,'protocol':'TCP'},{'port':53,'protocol':'UDP'},
             {'port':54,'protocol':'TCP'},{'port':54,'protocol':'UDP','nodePort':30054}]}
            """);
    var needs = NodePortNeed.of(spec, Set.of());
    assertThat(needs)
        .containsExactly(
            new NodePortNeed(0, 53, "spec.ports[0].nodePort"),
            new NodePortNeed(30_054, 54, "spec.ports[3].nodePort"));

    NodePortNeed.fill(spec, Map.of(53, 31_000, 54, 30_054));
    assertThat(spec.path("ports"))
        .extracting(port -> port.path("nodePort").asInt())
        .isEqualTo(List.of(31_000, 31_000, 30_054, 30_054));
  }

  @Test
  void whatIsHeldIsNotNeeded() {
    var spec = spec("{'type':'NodePort','ports':[{'port':80,'nodePort':30080},{'port':81}]}");

    assertThat(NodePortNeed.of(spec, Set.of(30_080)))
        .containsExactly(new NodePortNeed(0, 81, "spec.ports[1].nodePort"));
  }

  @Test
  void aLoadBalancerMayDoWithout() {
    var spec =
        spec(
            """
            {'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,
             'ports':[{'port':80},{'port':443,'nodePort':30443}]}
            """);

    var needs = NodePortNeed.of(spec, Set.of());
    assertThat(needs).containsExactly(new NodePortNeed(30_443, 443, "spec.ports[1].nodePort"));

    NodePortNeed.fill(spec, Map.of(443, 30_443));
    assertThat(spec.path("ports").path(0).has("nodePort")).isFalse();
  }

  @Test
  void aLocalLoadBalancerHasAHealthCheck() {
    var spec =
        spec("{'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]}");

    assertThat(NodePortNeed.of(spec, Set.of()))
        .contains(new NodePortNeed(0, NodePortNeed.HEALTH_CHECK, "spec.healthCheckNodePort"));
    NodePortNeed.fill(spec, Map.of(80, 31_000, NodePortNeed.HEALTH_CHECK, 31_001));
    assertThat(NodePortNeed.numbers(spec)).containsExactlyInAnyOrder(31_000, 31_001);
  }

  private static ObjectNode spec(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
  }
}
