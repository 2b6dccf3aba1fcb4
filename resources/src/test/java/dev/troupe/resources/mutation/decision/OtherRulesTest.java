package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of small kinds, one a line.
class OtherRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # type                          | version                | object, beside its name                                   | field                     | what is wrong
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'leaseDurationSeconds':1}                         |                           |
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'leaseDurationSeconds':0}                         | spec.leaseDurationSeconds | Invalid value: 0: must be greater than 0
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'leaseTransitions':-1}                            | spec.leaseTransitions     | Invalid value: -1: must be greater than or equal to 0
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'strategy':'Foo'}                                 | spec.strategy.strategy    | Unsupported value: "Foo": supported values: "OldestEmulationVersion"
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'strategy':'a.b/c','preferredHolder':'x'}         |                           |
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | 'spec':{'preferredHolder':'x'}                            | spec.preferredHolder      | Forbidden: may only be specified if `strategy` is defined
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1    | 'addressType':'IPv4','endpoints':[{'addresses':['127.0.0.1']}] | endpoints[0].addresses[0] | Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1    | 'addressType':'IPv6','endpoints':[{'addresses':['fe80::1']}] | endpoints[0].addresses[0] | Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1    | 'addressType':'IPv4','endpoints':[{'addresses':[]}]       | endpoints[0].addresses    | Required value: must contain at least 1 address
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1    | 'addressType':'Foo','endpoints':[]                        | addressType               | Unsupported value: "Foo": supported values: "FQDN", "IPv4", "IPv6"
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1    | 'addressType':'IPv4','endpoints':[],'ports':[{'port':1,'appProtocol':'a/b/c'}] | ports[0].appProtocol | Invalid value: "a/b/c": a qualified name must consist of
          nodes                           | v1                     | 'spec':{'podCIDRs':['10.0.0.0/24','fd00::/64']}           |                           |
          nodes                           | v1                     | 'spec':{'podCIDRs':['x']}                                 | spec.podCIDRs[0]          | Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          nodes                           | v1                     | 'spec':{'podCIDRs':['10.0.0.0/24','10.1.0.0/24']}         | spec.podCIDRs             | Invalid value: "[10.0.0.0/24, 10.1.0.0/24]": may specify no more than one CIDR for each IP family
          nodes                           | v1                     | 'spec':{'taints':[{'key':'a','effect':'Foo'}]}            | spec.taints[0].effect     | Unsupported value: "Foo": supported values: "NoSchedule"
          priorityclasses.scheduling.k8s.io | scheduling.k8s.io/v1 | 'value':1000000000                                        |                           |
          priorityclasses.scheduling.k8s.io | scheduling.k8s.io/v1 | 'value':-2147483648                                       |                           |
          priorityclasses.scheduling.k8s.io | scheduling.k8s.io/v1 | 'value':1000000001                                        | value                     | Forbidden: maximum allowed value of a user defined priority is 1000000000
          priorityclasses.scheduling.k8s.io | scheduling.k8s.io/v1 | 'preemptionPolicy':'Foo'                                  | preemptionPolicy          | Unsupported value: "Foo": supported values: "Never", "PreemptLowerPriority"
          events                          | v1                     | 'involvedObject':{'namespace':'default'}                  |                           |
          events                          | v1                     | 'involvedObject':{'namespace':'x'}                        | involvedObject.namespace  | Invalid value: "x": does not match event.namespace
          events                          | v1                     | 'involvedObject':{},'eventTime':'2026-01-01T00:00:00.000000Z','reportingInstance':'i','action':'a','reason':'r' | reportingController | Required value
          """)
  void rules(String type, String version, String object, String field, String wrong) {
    var body = "{'metadata':{'name':'web'}," + object + "}";
    Rules.check(request(type, version).create(body), field, wrong);
  }
}
