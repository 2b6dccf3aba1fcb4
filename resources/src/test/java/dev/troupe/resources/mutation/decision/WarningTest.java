package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is accepted and told of, in the words that clients see.
class WarningTest {

  private static final String LABELLED =
      "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}%s},'spec':%s}";

  private static List<String> warnings(MutationResult result) {
    return switch (result) {
      case MutationResult.Stored(_, _, var warnings) -> warnings;
      case MutationResult.Unchanged(_, var warnings) -> warnings;
      case MutationResult.Removed(_, var warnings) -> warnings;
      case MutationResult.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static List<String> ofPod(String spec) {
    return warnings(
        request("pods", "v1").create("{'metadata':{'name':'web'},'spec':" + spec + "}"));
  }

  private static List<String> ofNewDeployment(String metadata, String spec) {
    var body = "{'metadata':{'name':'web'},'spec':{" + LABELLED.formatted(metadata, spec) + "}}";
    return warnings(request("deployments.apps", "apps/v1").create(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # container                                                                     | where, and what
          'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]                       | spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
          'env':[{'name':'A','value':'1'},{'name':'A','value':'$(A)'}]                    | spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
          'env':[{'name':'A','value':'1'},{'name':'A','value':'$(A)2'}]                   |
          'env':[{'name':'A','value':'1'},{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}] | spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply
          'resources':{'requests':{'memory':'1.5'}}                                       | spec.containers[0].resources.requests[memory]: fractional byte value "1500m" is invalid, must be an integer
          'resources':{'requests':{'ephemeral-storage':'1m'}}                             | spec.containers[0].resources.requests[ephemeral-storage]: fractional byte value "1m" is invalid, must be an integer
          'resources':{'requests':{'memory':'1500m','cpu':'1500m'},'limits':{'memory':'2','cpu':'2'}} | spec.containers[0].resources.requests[memory]: fractional byte value "1500m" is invalid, must be an integer
          'resources':{'requests':{'memory':'1.5Ki','cpu':'1500m'}}                       |
          'ports':[{'containerPort':80},{'containerPort':80}]                             | spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]
          'ports':[{'containerPort':80},{'containerPort':80,'protocol':'UDP'}]            |
          'ports':[{'containerPort':80},{'containerPort':80,'hostPort':81}]               | spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]
          'ports':[{'containerPort':80,'hostPort':81},{'containerPort':80,'hostPort':82}] |
          'ports':[{'containerPort':80,'hostPort':81},{'containerPort':80,'hostPort':81,'hostIP':'1.2.3.4'}] | spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]
          'ports':[{'containerPort':80,'hostIP':'1.2.3.4'}]                               | spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}
          """)
  void containers(String fields, String warning) {
    assertThat(ofPod("{'containers':[{'name':'c','image':'i'," + fields + "}]}"))
        .isEqualTo(warning == null ? List.of() : List.of(warning));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # pod's spec                                                     | where, and what
          'nodeSelector':{'beta.kubernetes.io/os':'linux'}                 | spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead
          'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'node-role.kubernetes.io/master','operator':'Exists'}]}]}}} | spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead
          'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'preference':{'matchExpressions':[{'key':'beta.kubernetes.io/arch','operator':'Exists'}]}}]}} | spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key: beta.kubernetes.io/arch is deprecated since v1.14; use "kubernetes.io/arch" instead
          'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z'}]}} | spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod
          'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'podAffinityTerm':{'topologyKey':'z'}}]}} | spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod
          'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}] | spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod
          'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'failure-domain.beta.kubernetes.io/zone','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'a':'b'}}}] | spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead
          'hostAliases':[{'ip':'1.2.3.4','hostnames':['a']},{'ip':'1.2.3.4','hostnames':['b']}] | spec.hostAliases[1].ip: duplicate ip "1.2.3.4"
          'imagePullSecrets':[{'name':'a'},{'name':'a'}]                   | spec.imagePullSecrets[1].name: duplicate name "a"
          'imagePullSecrets':[{}]                                          | spec.imagePullSecrets[0].name: invalid empty name ""
          'terminationGracePeriodSeconds':-1                               | spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1
          # what nobody here provides
          'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}] | spec.volumes[0].persistentVolumeClaim: not honoured, as persistent volumes are not served; the pod runs without it
          'resourceClaims':[{'name':'r','resourceClaimName':'c'}]          | spec.resourceClaims: not honoured, as resource claims are not served; the pod runs without them
          'volumes':[{'name':'v','gitRepo':{'repository':'r'}}]            | spec.volumes[0].gitRepo: deprecated in v1.11
          'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t'}},{'configMap':{'name':'m','items':[{'key':'k','path':'t'}]}}]}}] | spec.volumes[0].projected.sources.configMap[0]: has duplicated path with ServiceAccountToken "t"
          """)
  void podSpecs(String fields, String warning) {
    assertThat(ofPod("{" + fields + ",'containers':[{'name':'c','image':'i'}]}"))
        .containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # service's metadata and spec                                    | what
          {},'spec':{'ports':[{'port':80}],'externalIPs':['1.2.3.4']}      | spec.externalIPs is deprecated and may no longer be implemented in some clusters
          {},'spec':{'ports':[{'port':80}],'externalName':'a.b'}           | spec.externalName is ignored when spec.type is not "ExternalName"
          {},'spec':{'clusterIP':'None','externalIPs':['1.2.3.4']}         | spec.externalIPs is ignored for headless services
          {},'spec':{'clusterIP':'None','loadBalancerIP':'1.2.3.4'}        | spec.loadBalancerIP is ignored for headless services
          {},'spec':{'clusterIP':'None','sessionAffinity':'ClientIP'}      | spec.SessionAffinity is ignored for headless services
          {},'spec':{'type':'ExternalName','externalName':'a.b','externalIPs':['1.2.3.4']} | spec.externalIPs is ignored when spec.type is "ExternalName"
          {},'spec':{'ports':[{'port':80}],'trafficDistribution':'PreferClose'} | spec.trafficDistribution: not honoured, as endpoints are given no hints; spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"
          {},'spec':{'ports':[{'port':80}],'type':'LoadBalancer','loadBalancerIP':'2001:DB8:0::1'} | spec.loadBalancerIP: IPv6 address "2001:DB8:0::1" should be in RFC 5952 canonical format ("2001:db8::1"); spec.type: no load balancers are provided; the service has no external address unless somebody gives it one
          {'annotations':{'service.kubernetes.io/topology-aware-hints':'auto'}},'spec':{'ports':[{'port':80}]} | annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead
          # what nobody here provides
          {},'spec':{'ports':[{'port':80}],'type':'LoadBalancer'}          | spec.type: no load balancers are provided; the service has no external address unless somebody gives it one
          {},'spec':{'ports':[{'port':80}],'trafficDistribution':'PreferSameNode'} | spec.trafficDistribution: not honoured, as endpoints are given no hints
          {'annotations':{'service.kubernetes.io/topology-mode':'Auto'}},'spec':{'ports':[{'port':80}]} | metadata.annotations[service.kubernetes.io/topology-mode]: not honoured, as endpoints are given no hints
          {'annotations':{'service.kubernetes.io/topology-mode':'Disabled'}},'spec':{'ports':[{'port':80}]} |
          {},'spec':{'ports':[{'port':80}],'type':'NodePort'}              |
          """)
  void services(String rest, String told) {
    var body = "{'metadata':" + rest + "}";
    var named = body.replace("'metadata':{", "'metadata':{'name':'web',").replace(",}", "}");
    assertThat(String.join("; ", warnings(request("services", "v1").create(named))))
        .isEqualTo(told == null ? "" : told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # type                          | version             | object                                     | what
          nodes                           | v1                  | {'metadata':{'name':'web'},'spec':{'externalID':'x'}} | spec.externalID: this field is deprecated, and is unused by Kubernetes
          serviceaccounts                 | v1                  | {'metadata':{'name':'web','annotations':{'kubernetes.io/enforce-mountable-secrets':'true'}}} | metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets
          # what nobody here provides
          namespaces                      | v1                  | {'metadata':{'name':'web','labels':{'pod-security.kubernetes.io/enforce':'restricted'}}} | metadata.labels[pod-security.kubernetes.io/enforce]: not honoured, as pod security standards are not enforced; all pods are admitted
          namespaces                      | v1                  | {'metadata':{'name':'web','labels':{'pod-security.kubernetes.io/warn':'baseline','pod-security.kubernetes.io/audit':'privileged'}}} | metadata.labels[pod-security.kubernetes.io/warn]: not honoured, as pod security standards are not enforced; all pods are admitted
          secrets                         | v1                  | {'metadata':{'name':'web','annotations':{'kubernetes.io/service-account.name':'a'}},'type':'kubernetes.io/service-account-token'} | type: not honoured, as no tokens are issued; the secret is given none
          secrets                         | v1                  | {'metadata':{'name':'web'},'type':'bootstrap.kubernetes.io/token'} | type: not honoured, as nobody is authenticated by such a token
          leases.coordination.k8s.io      | coordination.k8s.io/v1 | {'metadata':{'name':'web'},'spec':{'strategy':'OldestEmulationVersion'}} | spec.strategy: not honoured, as no leaders are elected here; candidates agree by themselves
          deployments.apps                | apps/v1             | {'metadata':{'name':'web','annotations':{'deprecated.deployment.rollback.to':'1'}},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}} | metadata.annotations[deprecated.deployment.rollback.to]: not honoured; the template of a former revision is brought back by writing it
          endpointslices.discovery.k8s.io | discovery.k8s.io/v1 | {'metadata':{'name':'web'},'addressType':'FQDN','endpoints':[]} | addressType: FQDN endpoints are deprecated
          """)
  void otherKinds(String type, String version, String object, String warning) {
    assertThat(warnings(request(type, version).create(object))).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # labels                                               | changed to                                            | told again
          {'pod-security.kubernetes.io/enforce':'baseline'}      | {'other':'x'}                                         | false
          {'pod-security.kubernetes.io/enforce':'baseline'}      | {'pod-security.kubernetes.io/enforce':'restricted'}   | true
          {'pod-security.kubernetes.io/enforce':'baseline'}      | {'pod-security.kubernetes.io/enforce':null}           | false
          {}                                                     | {'pod-security.kubernetes.io/enforce':'baseline'}     | true
          """)
  void whatIsNotHonouredIsToldWhenItIsAskedFor(String labels, String change, boolean told) {
    var namespaces = request("namespaces", "v1");
    var stored = namespaces.stored("{'metadata':{'name':'web','labels':" + labels + "}}");

    var changed =
        namespaces.patch(stored, PatchType.MERGE, "{'metadata':{'labels':" + change + "}}");

    assertThat(warnings(changed)).hasSize(told ? 1 : 0);
  }

  @Test
  void aDottedNameOfAPodIsItsHostname() {
    var warnings =
        warnings(
            request("pods", "v1")
                .named("a.b")
                .create(
                    "{'metadata':{'name':'a.b'},'spec':{'containers':[{'name':'c','image':'i'}]}}"));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst())
        .startsWith(
            "metadata.name: this is used in the Pod's hostname, which can result in surprising"
                + " behavior; a DNS label is recommended: [a lowercase RFC 1123 label must");
  }

  @Test
  void aTemplateIsLookedAtWhereItIs() {
    assertThat(
            ofNewDeployment(
                ",'annotations':{'scheduler.alpha.kubernetes.io/critical-pod':''}",
                "{'containers':[{'name':'c','image':'i'}],'imagePullSecrets':[{}]}"))
        .containsExactly(
            "spec.template.spec.imagePullSecrets[0].name: invalid empty name \"\"",
            "spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]:"
                + " non-functional in v1.16+; use the \"priorityClassName\" field instead");
  }

  @Test
  void aChangeIsToldOfAsFarAsItChangesTheSpec() {
    var request = request("deployments.apps", "apps/v1");
    var spec = "{'containers':[{'name':'c','image':'i'}],'imagePullSecrets':[{}]}";
    var deployment =
        request.stored("{'metadata':{'name':'web'},'spec':{" + LABELLED.formatted("", spec) + "}}");
    var label = "{'metadata':{'labels':{'x':'y'}}}";
    assertThat(warnings(request.patch(deployment, PatchType.MERGE, label))).isEmpty();
    var replicas = "{'spec':{'replicas':3}}";
    assertThat(warnings(request.patch(deployment, PatchType.MERGE, replicas))).hasSize(1);
  }

  @Test
  void whatControllersPlanIsNotToldOf() {
    var body =
        "{'metadata':{'name':'web'},'spec':{'containers':[{'name':'c','image':'i'}],'imagePullSecrets':[{}]}}";
    assertThat(warnings(request("pods", "v1").create(body))).hasSize(1);
    assertThat(warnings(request("pods", "v1").merge(null, body))).isEmpty();
  }

  @Test
  void thereIsAnEndToIt() {
    var variables =
        IntStream.range(0, 5_000)
            .mapToObj(_ -> "{'name':'A','value':'1'}")
            .collect(Collectors.joining(","));
    assertThat(ofPod("{'containers':[{'name':'c','image':'i','env':[" + variables + "]}]}"))
        .hasSize(100);
    var name = "A".repeat(100_000);
    assertThat(
            ofPod(
                "{'containers':[{'name':'c','image':'i','env':[{'name':'"
                    + name
                    + "'},{'name':'"
                    + name
                    + "'}]}]}"))
        .singleElement()
        .satisfies(text -> assertThat(text.length()).isLessThan(5_000));
  }
}
