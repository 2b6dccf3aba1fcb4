package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.subresource.Subresources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What each kind refuses, in the words that clients see.
class ValidationTest {

  private static final Map<String, String> API_VERSIONS =
      Map.of(
          "deployments.apps", "apps/v1",
          "leases.coordination.k8s.io", "coordination.k8s.io/v1",
          "endpointslices.discovery.k8s.io", "discovery.k8s.io/v1",
          "ipaddresses.networking.k8s.io", "networking.k8s.io/v1");

  private static final Map<String, String> BASES =
      Map.ofEntries(
          Map.entry("deployments.apps", CreationRulesTest.WEB),
          Map.entry(
              "pods",
              """
              {'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}],
                'volumes':[{'name':'v'}]}}\
              """),
          Map.entry("services", "{'metadata':{'name':'web'},'spec':{'ports':[{'port':80}]}}"),
          Map.entry("configmaps", "{'metadata':{'name':'web'},'data':{'k':'v'}}"),
          Map.entry("secrets", "{'metadata':{'name':'web'}}"),
          Map.entry("nodes", "{'metadata':{'name':'web'}}"),
          Map.entry("namespaces", "{'metadata':{'name':'web'}}"),
          Map.entry(
              "events", "{'metadata':{'name':'web'},'involvedObject':{'namespace':'default'}}"),
          Map.entry("leases.coordination.k8s.io", "{'metadata':{'name':'web'}}"),
          Map.entry(
              "endpointslices.discovery.k8s.io",
              "{'metadata':{'name':'web'},'addressType':'IPv4','endpoints':[]}"));

  private static Given.Request of(String type) {
    return request(type, API_VERSIONS.getOrDefault(type, "v1"));
  }

  private static ObjectNode stored(String type) {
    return of(type).stored(BASES.getOrDefault(type, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          configmaps | {'metadata':{'generateName':'-x-'}}          | metadata.generateName: Invalid value: "-x-": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
          configmaps | {'metadata':{'labels':{'a b':'c'}}}          | metadata.labels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          configmaps | {'metadata':{'labels':{'a':'-'}}}            | metadata.labels: Invalid value: "-": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
          configmaps | {'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':''}]}} | metadata.ownerReferences[0].uid: Invalid value: "": must not be empty
          configmaps | {'data':{'a/b':'c'}}                         | data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
          configmaps | {'binaryData':{'k':'YQ=='}}                  | data[k]: Invalid value: "k": duplicate of key present in binaryData
          secrets    | {'type':'a/b'}                               | type: Invalid value: "a/b": field is immutable
          nodes      | {'spec':{'taints':[{'key':'a'}]}}            | spec.taints[0].effect: Required value
          events     | {'involvedObject':{'namespace':'x'}}         | involvedObject.namespace: Invalid value: "x": does not match event.namespace
          leases.coordination.k8s.io | {'spec':{'leaseDurationSeconds':0}} | spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0
          endpointslices.discovery.k8s.io | {'endpoints':[{'addresses':['x']}]} | endpoints[0].addresses[0]: Invalid value: "x": must be a valid IPv4 address
          endpointslices.discovery.k8s.io | {'addressType':'IPv6'}  | addressType: Invalid value: "IPv6": field is immutable
          deployments.apps | {'spec':{'replicas':-1}}               | spec.replicas: Invalid value: -1: must be greater than or equal to 0
          deployments.apps | {'spec':{'template':{'metadata':{'labels':{'app':'x'}}}}} | spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`
          deployments.apps | {'spec':{'strategy':{'type':'Recreate'}}} | spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'
          deployments.apps | {'spec':{'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':0}}}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0
          deployments.apps | {'spec':{'strategy':{'rollingUpdate':{'maxUnavailable':'101%'}}}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%
          deployments.apps | {'spec':{'template':{'spec':{'restartPolicy':'Never'}}}} | spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
          deployments.apps | {'spec':{'template':{'spec':{'containers':[]}}}} | spec.template.spec.containers: Required value
          deployments.apps | {'spec':{'progressDeadlineSeconds':5,'minReadySeconds':5}} | spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds
          services   | {'spec':{'ports':[]}}                        | spec.ports: Required value
          services   | {'spec':{'ports':[{'port':80},{'port':81,'name':'x'}]}} | spec.ports[0].name: Required value
          services   | {'spec':{'ports':[{'port':70000,'targetPort':1}]}} | spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive
          services   | {'spec':{'type':'Nope'}}                     | spec.type: Unsupported value: "Nope": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
          services   | {'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':80}]}} | spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767
          services   | {'spec':{'allocateLoadBalancerNodePorts':true}} | spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'
          services   | {'spec':{'healthCheckNodePort':30001}}       | spec.healthCheckNodePort: Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
          services   | {'spec':{'ports':[{'port':80,'nodePort':30080}]}} | spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'
          pods       | {'spec':{'containers':[{'name':'a','image':'b'},{'name':'c','image':'d'}]}} | spec.containers: Forbidden: pod updates may not add or remove containers
          """)
  void changesThatAreWrong(String type, String patch, String cause) {
    var refusal = refusal(of(type).patch(stored(type), PatchType.MERGE, patch));
    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message()).endsWith(" is invalid: " + cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'containers':[{'name':'a','image':'b'},{'name':'a','image':'c'}]} | spec.containers[1].name: Duplicate value: "a"
          {'containers':[{'image':'b'}]}                                     | spec.containers[0].name: Required value
          {'containers':[{'name':'a'}]}                                      | spec.containers[0].image: Required value
          {'containers':[{'name':'a','image':' b'}]}                         | spec.containers[0].image: Invalid value: " b": must not have leading or trailing whitespace
          {'containers':[{'name':'a','image':'b','volumeMounts':[{'name':'x','mountPath':'/x'}]}]} | spec.containers[0].volumeMounts[0].name: Not found: "x"
          {'containers':[{'name':'a','image':'b','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]} | spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
          {'containers':[{'name':'a','image':'b','livenessProbe':{}}]}       | spec.containers[0].livenessProbe: Required value: must specify a handler type
          {'containers':[{'name':'a','image':'b','livenessProbe':{'exec':{'command':['x']},'tcpSocket':{'port':1}}}]} | spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
          {'containers':[{'name':'a','image':'b','ports':[{'containerPort':0}]}]} | spec.containers[0].ports[0].containerPort: Required value
          {'containers':[{'name':'a','image':'b','ports':[{'containerPort':1,'protocol':'X'}]}]} | spec.containers[0].ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
          {'containers':[{'name':'a','image':'b','env':[{'name':'a=b'}]}]}   | spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='
          {'restartPolicy':'X','containers':[{'name':'a','image':'b'}]}      | spec.restartPolicy: Unsupported value: "X": supported values: "Always", "OnFailure", "Never"
          {'volumes':[{'name':'v'},{'name':'v'}],'containers':[{'name':'a','image':'b'}]} | spec.volumes[1].name: Duplicate value: "v"
          {'volumes':[{'name':'v','secret':{'secretName':'s'},'emptyDir':{}}],'containers':[{'name':'a','image':'b'}]} | spec.volumes[0].emptyDir: Forbidden: may not specify more than 1 volume type
          {}                                                                 | spec.containers: Required value
          {'containers':[{'name':'a','image':'b','env':[{'name':'a','valueFrom':{'fieldRef':{'fieldPath':'x'}}}]}]} | spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "x": error converting fieldPath: field label not supported: x
          {'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}},'containers':[{'name':'a','image':'b'}]} | spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty
          {'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'X'}],'containers':[{'name':'a','image':'b'}]} | spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "X": supported values: "DoNotSchedule", "ScheduleAnyway"
          """)
  void podsThatAreWrong(String spec, String cause) {
    var refusal = refusal(of("pods").create("{'metadata':{'name':'web'},'spec':" + spec + "}"));
    assertThat(refusal.message()).isEqualTo("Pod \"web\" is invalid: " + cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'spec':{'containers':[{'name':'a','image':'other'}],'volumes':[{'name':'v'}]}} | true
          {'spec':{'nodeName':'n'}}                                   | false
          {'spec':{'activeDeadlineSeconds':10}}                       | true
          {'metadata':{'labels':{'a':'b'}}}                           | true
          """)
  void onlySomeOfAPodChanges(String patch, boolean allowed) {
    var result = of("pods").patch(stored("pods"), PatchType.MERGE, patch);
    if (allowed) {
      assertThat(result).isInstanceOf(MutationResult.Stored.class);
    } else {
      assertThat(refusal(result).message()).startsWith("Pod \"web\" is invalid: spec");
    }
  }

  @Test
  void allCausesAreTold() {
    var refusal =
        refusal(
            of("deployments.apps").create("{'metadata':{'name':'web'},'spec':{'replicas':-1}}"));
    assertThat(refusal.message())
        .isEqualTo(
            "Deployment.apps \"web\" is invalid: [spec.replicas: Invalid value: -1: must be greater"
                + " than or equal to 0, spec.selector: Required value,"
                + " spec.template.spec.containers: Required value]");
    assertThat(refusal.details()).isNotNull();
    assertThat(java.util.Objects.requireNonNull(refusal.details()).causes())
        .containsExactly(
            new Refusal.FieldCause(
                CauseType.FIELD_VALUE_INVALID,
                "Invalid value: -1: must be greater than or equal to 0",
                "spec.replicas"),
            new Refusal.FieldCause(
                CauseType.FIELD_VALUE_REQUIRED, "Required value", "spec.selector"),
            new Refusal.FieldCause(
                CauseType.FIELD_VALUE_REQUIRED, "Required value", "spec.template.spec.containers"));
  }

  @Test
  void whatIsImmutableStays() {
    var configMap =
        of("configmaps").stored("{'metadata':{'name':'web'},'immutable':true,'data':{'k':'v'}}");
    assertThat(
            refusal(of("configmaps").patch(configMap, PatchType.MERGE, "{'data':{'k':'w'}}"))
                .message())
        .isEqualTo(
            "ConfigMap \"web\" is invalid: data: Forbidden: field is immutable when `immutable` is"
                + " set");
  }

  @Test
  void aClusterIpStaysOnceItIsSet() {
    var service = stored("services");
    ((ObjectNode) service.get("spec"))
        .put("clusterIP", "10.0.0.1")
        .putArray("clusterIPs")
        .add("10.0.0.1");
    var put = "{'metadata':{'name':'web'},'spec':{'ports':[{'port':80}]}}";
    assertThat(of("services").update(service, put)).isInstanceOf(MutationResult.Unchanged.class);
    assertThat(
            refusal(
                    of("services")
                        .patch(service, PatchType.MERGE, "{'spec':{'clusterIP':'10.0.0.2'}}"))
                .message())
        .isEqualTo(
            "Service \"web\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.0.0.2\"]: may not"
                + " change once set");
  }

  @Test
  void tooMuchDataIsRefused() {
    var data = "x".repeat(1024 * 1024 + 1);
    assertThat(
            refusal(
                    of("configmaps")
                        .create("{'metadata':{'name':'web'},'data':{'k':'" + data + "'}}"))
                .message())
        .isEqualTo(
            "ConfigMap \"web\" is invalid: []: Too long: may not be more than 1048576 bytes");
    assertThat(
            refusal(
                    of("serviceaccounts")
                        .create(
                            "{'metadata':{'name':'web'},'imagePullSecrets':[{'name':'"
                                + data
                                + data
                                + "'}]}"))
                .code())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "namespaces,v1,a.b,false", "namespaces,v1,a,true", "services,v1,1a,false",
    "configmaps,v1,a.b-1,true", "configmaps,v1,../x,false", "configmaps,v1,a..b,false",
    "pods,v1,A,false", "nodes,v1,n1.example.com,true"
  })
  void namesFollowTheirKind(String type, String version, String name, boolean valid) {
    var body = object(BASES.getOrDefault(type, ""));
    ((ObjectNode) body.get("metadata")).put("name", name);
    var result = request(type, version).named(name).apply(null, new Mutation.Create(body));
    assertThat(result instanceof MutationResult.Stored).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,true",
    "2001:db8::1,true",
    "::,true",
    "10.0.0.256,false",
    "1::2::3,false",
    "10.0.0.01,false"
  })
  void anIpAddressIsNamedAfterTheAddress(String name, boolean valid) {
    var body =
        object(
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{'parentRef':{'resource':'services','name':'a','namespace':'b'}}}");
    var key =
        new Given.Request(
            new dev.troupe.api.resource.ResourceKey(
                dev.troupe.api.resource.TypeRef.parse("ipaddresses.networking.k8s.io"), "", name),
            "networking.k8s.io/v1",
            Subresources.WHOLE,
            MutationRequest.Options.DEFAULT);
    var result = key.apply(null, new Mutation.Create(body));
    assertThat(result instanceof MutationResult.Stored).isEqualTo(valid);
  }
}
