package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of services, one a line.
class ServiceRulesTest {

  private static final Given.Request SERVICES = request("services", "v1");

  private static String service(String spec) {
    return "{'metadata':{'name':'web'},'spec':{" + spec + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # spec, beside one port                                          | field                          | what is wrong
          'type':'ClusterIP'                                               |                                |
          'type':'Nope'                                                    | spec.type                      | Unsupported value: "Nope": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
          'selector':{'a':'-'}                                             | spec.selector                  | Invalid value: "-": a valid label must be
          'sessionAffinity':'Nope'                                         | spec.sessionAffinity           | Unsupported value: "Nope": supported values: "ClientIP", "None"
          'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':86401}} | spec.sessionAffinityConfig.clientIP.timeoutSeconds | Invalid value: 86401: must be greater than 0 and less than 86400
          'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':0}} | spec.sessionAffinityConfig.clientIP.timeoutSeconds | Invalid value: 0: must be greater than 0 and less than 86400
          # families and addresses: this cluster has IPv4
          'ipFamilyPolicy':'Foo'                                           | spec.ipFamilyPolicy            | Unsupported value: "Foo": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"
          'ipFamilyPolicy':'PreferDualStack'                               |                                |
          'ipFamilyPolicy':'RequireDualStack'                              | spec.ipFamilyPolicy            | Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
          'ipFamilyPolicy':'RequireDualStack','clusterIP':'None'           |                                |
          'ipFamilyPolicy':'RequireDualStack','clusterIP':'None','selector':{'a':'b'} | spec.ipFamilyPolicy | Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
          'ipFamilies':['IPv4']                                            |                                |
          'ipFamilies':['IPv6']                                            | spec.ipFamilies[0]             | Invalid value: "IPv6": not configured on this cluster
          'ipFamilies':['Foo']                                             | spec.ipFamilies[0]             | Unsupported value: "Foo": supported values: "IPv4", "IPv6"
          'ipFamilies':['IPv4','IPv4'],'ipFamilyPolicy':'PreferDualStack'  | spec.ipFamilies[1]             | Duplicate value: "IPv4"
          'ipFamilies':['IPv4','IPv6']                                     | spec.ipFamilyPolicy            | Invalid value: "SingleStack": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
          'ipFamilies':['IPv4','IPv6'],'ipFamilyPolicy':'PreferDualStack'  | spec.ipFamilies[1]             | Invalid value: "IPv6": not configured on this cluster
          'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.8']               | spec.clusterIPs                | Invalid value: ["10.96.0.8"]: first value must match `clusterIP`
          'clusterIPs':['10.96.0.8']                                       | spec.clusterIPs                | Invalid value: ["10.96.0.8"]: must be empty when `clusterIP` is not specified
          'clusterIP':'x'                                                  | spec.clusterIPs[0]             | Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          'clusterIP':'None','clusterIPs':['None','10.96.0.9'],'ipFamilyPolicy':'PreferDualStack' | spec.clusterIPs | Invalid value: ["None","10.96.0.9"]: 'None' must be the first and only value
          'clusterIP':'10.96.0.8','clusterIPs':['10.96.0.8','10.96.0.9'],'ipFamilyPolicy':'PreferDualStack' | spec.clusterIPs | Invalid value: ["10.96.0.8","10.96.0.9"]: may specify no more than one IP for each IP family
          'clusterIP':'10.96.0.8','ipFamilies':['IPv6']                    | spec.clusterIPs[0]             | Invalid value: "10.96.0.8": expected an IPv6 value as indicated by `ipFamilies[0]`
          'clusterIP':'fd00::8','ipFamilies':['IPv4']                      | spec.clusterIPs[0]             | Invalid value: "fd00::8": expected an IPv4 value as indicated by `ipFamilies[0]`
          'clusterIP':'fd00::8'                                            | spec.clusterIPs[0]             | Invalid value: ["fd00::8"]: IPv6 is not configured on this cluster
          'type':'NodePort','clusterIP':'None'                             | spec.clusterIPs[0]             | Invalid value: "None": may not be set to 'None' for NodePort services
          'type':'LoadBalancer','clusterIP':'None'                         | spec.clusterIPs[0]             | Invalid value: "None": may not be set to 'None' for LoadBalancer services
          # addresses from outside
          'externalIPs':['198.51.100.7','2001:db8::7']                     |                                |
          'externalIPs':['x']                                              | spec.externalIPs[0]            | Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          'externalIPs':['0.0.0.0']                                        | spec.externalIPs[0]            | Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)
          'externalIPs':['::']                                             | spec.externalIPs[0]            | Invalid value: "::": may not be unspecified (::)
          'externalIPs':['127.0.0.1']                                      | spec.externalIPs[0]            | Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          'externalIPs':['0:0:0:0:0:0:0:1']                                | spec.externalIPs[0]            | Invalid value: "0:0:0:0:0:0:0:1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          'externalIPs':['::ffff:127.0.0.1']                               | spec.externalIPs[0]            | Invalid value: "::ffff:127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          'externalIPs':['169.254.1.1']                                    | spec.externalIPs[0]            | Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
          'externalIPs':['FE80::1']                                        | spec.externalIPs[0]            | Invalid value: "FE80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
          'externalIPs':['224.0.0.9']                                      | spec.externalIPs[0]            | Invalid value: "224.0.0.9": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)
          'externalIPs':['ff02::1']                                        | spec.externalIPs[0]            | Invalid value: "ff02::1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)
          # ways
          'type':'LoadBalancer','loadBalancerSourceRanges':['10.0.0.0/8',' 2001:db8::/64 '] |               |
          'type':'LoadBalancer','loadBalancerSourceRanges':['x']           | spec.LoadBalancerSourceRanges[0] | Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          'type':'LoadBalancer','loadBalancerSourceRanges':['10.0.0.0/33'] | spec.LoadBalancerSourceRanges[0] | Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          'loadBalancerSourceRanges':['10.0.0.0/8']                        | spec.LoadBalancerSourceRanges  | Forbidden: may only be used when `type` is 'LoadBalancer'
          'loadBalancerClass':'a/b'                                        | spec.loadBalancerClass         | Forbidden: may only be used when `type` is 'LoadBalancer'
          'type':'LoadBalancer','loadBalancerClass':'a.b/c'                |                                |
          'type':'LoadBalancer','loadBalancerClass':'!!'                   | spec.loadBalancerClass         | Invalid value: "!!": name part must consist of alphanumeric characters
          'allocateLoadBalancerNodePorts':true                             | spec.allocateLoadBalancerNodePorts | Forbidden: may only be used when `type` is 'LoadBalancer'
          'externalTrafficPolicy':'Local'                                  | spec.externalTrafficPolicy     | Invalid value: "Local": may only be set for externally-accessible services
          'externalTrafficPolicy':'Local','externalIPs':['198.51.100.7']   |                                |
          'type':'NodePort','externalTrafficPolicy':'Foo'                  | spec.externalTrafficPolicy     | Unsupported value: "Foo": supported values: "Cluster", "Local"
          'internalTrafficPolicy':'Foo'                                    | spec.internalTrafficPolicy     | Unsupported value: "Foo": supported values: "Cluster", "Local"
          'healthCheckNodePort':30001                                      | spec.healthCheckNodePort       | Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
          'trafficDistribution':'PreferSameNode'                           |                                |
          'trafficDistribution':'Foo'                                      | spec.trafficDistribution       | Unsupported value: "Foo": supported values: "PreferClose", "PreferSameNode", "PreferSameZone"
          """)
  void services(String spec, String field, String wrong) {
    Rules.check(SERVICES.create(service("'ports':[{'port':80}]," + spec)), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # ports                                                 | field                     | what is wrong
          {'port':80},{'port':81,'name':'x'}                      | spec.ports[0].name        | Required value
          {'port':80,'name':'x'},{'port':81,'name':'x'}           | spec.ports[1].name        | Duplicate value: "x"
          {'port':80,'name':'X'}                                  | spec.ports[0].name        | Invalid value: "X": a lowercase RFC 1123 label must consist of
          {'port':0,'targetPort':1}                               | spec.ports[0].port        | Invalid value: 0: must be between 1 and 65535, inclusive
          {'port':65536,'targetPort':1}                           | spec.ports[0].port        | Invalid value: 65536: must be between 1 and 65535, inclusive
          {'port':80,'targetPort':-1}                             | spec.ports[0].targetPort  | Invalid value: -1: must be between 1 and 65535, inclusive
          {'port':80,'targetPort':'a--b'}                         | spec.ports[0].targetPort  | Invalid value: "a--b": must not contain consecutive hyphens
          {'port':80,'protocol':'X'}                              | spec.ports[0].protocol    | Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
          {'port':80,'appProtocol':'a/b/c'}                       | spec.ports[0].appProtocol | Invalid value: "a/b/c": a qualified name must consist of
          {'port':80,'name':'a'},{'port':80,'name':'b'}           | spec.ports[1]             | Duplicate value: {
          {'port':80,'name':'a'},{'port':80,'name':'b','protocol':'UDP'} |                    |
          {'port':80,'nodePort':30080}                            | spec.ports[0].nodePort    | Forbidden: may not be used when `type` is 'ClusterIP'
          """)
  void ports(String ports, String field, String wrong) {
    Rules.check(SERVICES.create(service("'ports':[" + ports + "]")), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # spec of type ExternalName                     | field               | what is wrong
          'externalName':'a.b'                            |                     |
          'externalName':'a.b.'                           |                     |
          'externalName':'a_b'                            | spec.externalName   | Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of
          'externalName':''                               | spec.externalName   | Required value
          'externalName':'a.b','clusterIPs':['10.96.0.9'] | spec.clusterIPs     | Forbidden: may not be set for ExternalName services
          'externalName':'a.b','ipFamilies':['IPv4']      | spec.ipFamilies     | Forbidden: may not be set for ExternalName services
          'externalName':'a.b','ipFamilyPolicy':'SingleStack' | spec.ipFamilyPolicy | Forbidden: may not be set for ExternalName services
          """)
  void externalNames(String spec, String field, String wrong) {
    Rules.check(SERVICES.create(service("'type':'ExternalName'," + spec)), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what was                                                 | change                             | field                  | what is wrong
          'type':'LoadBalancer','loadBalancerClass':'a/b'            | 'loadBalancerClass':'c/d'          | spec.loadBalancerClass | Invalid value: "c/d": may not change once set
          'type':'LoadBalancer','loadBalancerClass':'a/b'            | 'loadBalancerClass':null           | spec.loadBalancerClass | Invalid value: null: may not change once set
          'type':'LoadBalancer'                                      | 'loadBalancerClass':'c/d'          | spec.loadBalancerClass | Invalid value: "c/d": may not change once set
          'type':'LoadBalancer','loadBalancerClass':'a/b'            | 'type':'NodePort'                  |                        |
          'clusterIP':'10.96.0.9'                                    | 'clusterIP':'10.96.0.8'            | spec.clusterIPs[0]     | Invalid value: ["10.96.0.8"]: may not change once set
          'clusterIP':'10.96.0.9'                                    | 'clusterIP':'None'                 | spec.clusterIPs[0]     | Invalid value: ["None"]: may not change once set
          'clusterIP':'10.96.0.9'                                    | 'clusterIP':''                     |                        |
          'clusterIP':'None','selector':{'a':'b'}                    | 'ipFamilyPolicy':'PreferDualStack' |                        |
          'clusterIP':'10.96.0.9'                                    | 'type':'ExternalName','externalName':'a.b' |                |
          'type':'LoadBalancer','externalTrafficPolicy':'Local','healthCheckNodePort':30001 | 'healthCheckNodePort':30002 | spec.healthCheckNodePort | Forbidden: field is immutable
          """)
  void changes(String before, String change, String field, String wrong) {
    var stored = SERVICES.stored(service("'ports':[{'port':80}]," + before));
    Rules.check(SERVICES.patch(stored, PatchType.MERGE, "{'spec':{" + change + "}}"), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # type       | ingress                                       | field                                   | what is wrong
          LoadBalancer | {'ip':'198.51.100.7','ipMode':'VIP'}          |                                         |
          ClusterIP    | {'ip':'198.51.100.7'}                         | status.loadBalancer.ingress             | Forbidden: may only be used when `spec.type` is 'LoadBalancer'
          LoadBalancer | {'ip':'x'}                                    | status.loadBalancer.ingress[0].ip       | Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          LoadBalancer | {'ip':'198.51.100.7','ipMode':'Foo'}          | status.loadBalancer.ingress[0].ipMode   | Unsupported value: "Foo": supported values: "Proxy", "VIP"
          LoadBalancer | {'hostname':'a.b','ipMode':'VIP'}             | status.loadBalancer.ingress[0].ipMode   | Forbidden: may not be specified when `ip` is not set
          LoadBalancer | {'hostname':'198.51.100.7'}                   | status.loadBalancer.ingress[0].hostname | Invalid value: "198.51.100.7": must be a DNS name, not an IP address
          """)
  void statuses(String type, String ingress, String field, String wrong) {
    var stored = SERVICES.stored(service("'ports':[{'port':80}],'type':'" + type + "'"));
    var change = "{'status':{'loadBalancer':{'ingress':[" + ingress + "]}}}";
    Rules.check(SERVICES.at("status").patch(stored, PatchType.MERGE, change), field, wrong);
  }

  @Test
  void annotationsThatSayTheSameAgree() {
    var body =
        "{'metadata':{'name':'web','annotations':{'service.kubernetes.io/topology-mode':'Auto',"
            + "'service.kubernetes.io/topology-aware-hints':'no'}},'spec':{'ports':[{'port':80}]}}";
    Rules.check(
        SERVICES.create(body),
        "metadata.annotations[service.kubernetes.io/topology-mode]",
        "Invalid value: \"Auto\": must match annotations["
            + "service.kubernetes.io/topology-aware-hints] when both are specified");
  }

  @Test
  void whoNamesTheEndpointsItselfMayNameThemInEveryFamily() {
    var spec = SERVICES.stored(service("'clusterIP':'None'")).get("spec");
    assertThat(spec.get("ipFamilyPolicy").asString()).isEqualTo("RequireDualStack");
    assertThat(spec.get("ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
  }
}
