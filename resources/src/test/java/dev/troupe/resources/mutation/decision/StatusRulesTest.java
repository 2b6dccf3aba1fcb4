package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may be said to have been observed, kind by kind.
class StatusRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          deployments.apps | {'replicas':2,'updatedReplicas':2,'readyReplicas':2,'availableReplicas':2} |
          deployments.apps | {'replicas':2,'unavailableReplicas':2} |
          deployments.apps | {'replicas':-1} | [status.replicas: Invalid value: -1: must be greater than or equal to 0, status.updatedReplicas: Invalid value: 0: cannot be greater than status.replicas, status.readyReplicas: Invalid value: 0: cannot be greater than status.replicas, status.availableReplicas: Invalid value: 0: cannot be greater than status.replicas]
          deployments.apps | {'unavailableReplicas':-1} | status.unavailableReplicas: Invalid value: -1: must be greater than or equal to 0
          deployments.apps | {'observedGeneration':-1} | status.observedGeneration: Invalid value: -1: must be greater than or equal to 0
          deployments.apps | {'updatedReplicas':1} | status.updatedReplicas: Invalid value: 1: cannot be greater than status.replicas
          deployments.apps | {'readyReplicas':1} | status.readyReplicas: Invalid value: 1: cannot be greater than status.replicas
          deployments.apps | {'replicas':1,'availableReplicas':1} | status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas
          deployments.apps | {'collisionCount':1} |
          deployments.apps | {'collisionCount':-1} | status.collisionCount: Invalid value: -1: must be greater than or equal to 0
          replicasets.apps | {'replicas':2,'fullyLabeledReplicas':2,'readyReplicas':2,'availableReplicas':1} |
          replicasets.apps | {'fullyLabeledReplicas':1} | status.fullyLabeledReplicas: Invalid value: 1: cannot be greater than status.replicas
          replicasets.apps | {'replicas':1,'readyReplicas':2} | status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas
          replicasets.apps | {'replicas':1,'availableReplicas':1} | status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas
          replicasets.apps | {'availableReplicas':-1} | status.availableReplicas: Invalid value: -1: must be greater than or equal to 0
          namespaces | {'phase':'Terminating'} | status.Phase: Invalid value: "Terminating": may only be 'Active' if `deletionTimestamp` is empty
          namespaces | {'phase':'Sleeping'} | status.Phase: Invalid value: "Sleeping": may only be 'Active' if `deletionTimestamp` is empty
          namespaces | {'conditions':[{'type':'A','status':'True'}]} |
          nodes | {'capacity':{'cpu':'4','memory':'8Gi','pods':'110','example.com/gpu':'2'}} |
          nodes | {'capacity':{'cpu':'-1'},'allocatable':{'cpu':'1'}} | status.capacity[cpu]: Invalid value: "-1": must be greater than or equal to 0
          nodes | {'allocatable':{'pods':'1.5'}} | status.allocatable[pods]: Invalid value: "1500m": must be an integer
          nodes | {'allocatable':{'example.com/gpu':'500m'}} | status.allocatable[example.com/gpu]: Invalid value: "500m": must be an integer
          nodes | {'addresses':[{'type':'Hostname','address':'a'},{'type':'Hostname','address':'a'}]} | status.addresses[1]: Duplicate value: {"type":"Hostname","address":"a"}
          nodes | {'addresses':[{'type':'Hostname','address':'a'},{'type':'InternalIP','address':'a'}]} |
          pods | {'podIP':'10.1.2.3'} |
          pods | {'podIP':'ten'} | status.podIPs[0]: Invalid value: "ten": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          """)
  void whatWasObservedIsChecked(String type, String status, String refusal) {
    var result = patched(type, "{'status':" + status + "}");

    if (refusal == null) {
      assertThat(result).isInstanceOf(MutationResult.Stored.class);
    } else {
      assertThat(refusal(result).message()).endsWith(" is invalid: " + refusal);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'podIP':'10.0.0.1'}                                | 10.0.0.1 | 10.0.0.1
          {'podIPs':[{'ip':'10.0.0.1'},{'ip':'fd00::1'}]}     | 10.0.0.1 | 10.0.0.1
          {'podIP':'10.0.0.2','podIPs':[{'ip':'10.0.0.1'}]}   | 10.0.0.2 | 10.0.0.2
          """)
  void aPodsFirstAddressHasTwoNames(String status, String address, String first) {
    var pod = store(patched("pods", "{'status':" + status + "}"));

    assertThat(pod.at("/status/podIP").asString()).isEqualTo(address);
    assertThat(pod.at("/status/podIPs/0/ip").asString()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'podCIDR':'10.0.0.0/24'}                               | 10.0.0.0/24 | 10.0.0.0/24
          {'podCIDRs':['10.0.0.0/24','fd00::/64']}                | 10.0.0.0/24 | 10.0.0.0/24
          {'podCIDR':'10.2.0.0/24','podCIDRs':['10.0.0.0/24']}    | 10.2.0.0/24 | 10.2.0.0/24
          """)
  void aNodesFirstRangeHasTwoNames(String spec, String range, String first) {
    var node = request("nodes", "v1").stored("{'metadata':{'name':'web'},'spec':" + spec + "}");

    assertThat(node.at("/spec/podCIDR").asString()).isEqualTo(range);
    assertThat(node.at("/spec/podCIDRs/0").asString()).isEqualTo(first);
  }

  private static MutationResult patched(String type, String patch) {
    var request = request(type, type.endsWith(".apps") ? "apps/v1" : "v1");
    return request.at("status").patch(request.stored(body(type)), PatchType.MERGE, patch);
  }

  private static String body(String type) {
    return switch (type) {
      case "deployments.apps" -> CreationRulesTest.WEB;
      case "replicasets.apps" -> CreationRulesTest.WEB.replace("Deployment", "ReplicaSet");
      case "pods" -> "{'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}]}}";
      default -> "{'metadata':{'name':'web'}}";
    };
  }
}
