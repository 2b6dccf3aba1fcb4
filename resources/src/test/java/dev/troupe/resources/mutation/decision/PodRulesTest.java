package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;

import dev.troupe.resources.mutation.Mutation.PatchType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of pods, one a line.
class PodRulesTest {

  private static final Given.Request PODS = request("pods", "v1");

  private static String pod(String spec, String container) {
    return "{'metadata':{'name':'web'},'spec':{"
        + (spec.isEmpty() ? "" : spec + ",")
        + "'containers':[{'name':'c','image':'i'"
        + (container.isEmpty() ? "" : "," + container)
        + "}]}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # container                                                        | field below spec.containers[0] | what is wrong
          'resources':{'limits':{'ex.com/g':'1500m'}}                        | resources.limits[ex.com/g] | Invalid value: "1500m": must be an integer
          'resources':{'requests':{'ex.com/g':'1'},'limits':{'ex.com/g':'2'}} | resources.requests         | Invalid value: "1": must be equal to ex.com/g limit of 2
          'resources':{'limits':{'hugepages-2Mi':'4Mi'}}                     | resources                  | Forbidden: HugePages require cpu or memory
          'resources':{'limits':{'hugepages-2Mi':'3Mi','cpu':'1'}}           | resources.limits[hugepages-2Mi] | Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi
          'resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}          | resources.requests         | Invalid value: "2": must be less than or equal to cpu limit of 1
          'resources':{'claims':[{'name':'a'}]}                              | resources.claims[0]        | Not found: "a": must be one of the names in pod.spec.resourceClaims which is empty
          'resizePolicy':[{'resourceName':'disk','restartPolicy':'NotRequired'}] | resizePolicy           | Unsupported value: "disk": supported values: "cpu", "memory"
          'readinessProbe':{'terminationGracePeriodSeconds':5,'tcpSocket':{'port':1}} | readinessProbe.terminationGracePeriodSeconds | Invalid value: 5: must not be set for readinessProbes
          'livenessProbe':{'terminationGracePeriodSeconds':0,'tcpSocket':{'port':1}} | livenessProbe.terminationGracePeriodSeconds | Invalid value: 0: must be greater than 0
          'livenessProbe':{'successThreshold':2,'tcpSocket':{'port':1}}      | livenessProbe.successThreshold | Invalid value: 2: must be 1
          'livenessProbe':{'httpGet':{'port':1,'httpHeaders':[{'name':'a b','value':''}]}} | livenessProbe.httpGet.httpHeaders | Invalid value: "a b": a valid HTTP header must consist of
          'lifecycle':{'preStop':{'sleep':{'seconds':-1}}}                   | lifecycle.preStop.sleep    | Invalid value: -1: must be non-negative and less than terminationGracePeriodSeconds (30)
          'lifecycle':{'preStop':{'sleep':{'seconds':31}}}                   | lifecycle.preStop.sleep    | Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)
          'lifecycle':{'preStop':{'sleep':{'seconds':30}}}                   |                            |
          'lifecycle':{'preStop':{}}                                         | lifecycle.preStop          | Required value: must specify a handler type
          'restartPolicy':'Always'                                           | restartPolicy              | Forbidden: may not be set for non-init containers
          'securityContext':{'privileged':true,'allowPrivilegeEscalation':false} | securityContext        | Invalid value: {
          'securityContext':{'runAsUser':-1}                                 | securityContext.runAsUser  | Invalid value: -1: must be between 0 and 2147483647, inclusive
          'securityContext':{'runAsGroup':2147483648}                        | securityContext.runAsGroup | Invalid value: 2147483648: must be between 0 and 2147483647, inclusive
          'securityContext':{'procMount':'Unmasked'}                         | securityContext.procMount  | Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`
          'securityContext':{'seccompProfile':{'type':'Localhost'}}          | securityContext.seccompProfile.localhostProfile | Required value: must be set when seccomp type is Localhost
          'securityContext':{'appArmorProfile':{'type':'Foo'}}               | securityContext.appArmorProfile.type | Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined"
          'volumeMounts':[{'name':'v','mountPath':'/m','subPath':'/abs'}]    | volumeMounts.subPath       | Invalid value: "/abs": must be a relative path
          'volumeMounts':[{'name':'v','mountPath':'/m','subPath':'a/../b'}]  | volumeMounts.subPath       | Invalid value: "a/../b": must not contain '..'
          'volumeMounts':[{'name':'v','mountPath':'/m','subPath':'a','subPathExpr':'b'}] | volumeMounts[0].subPathExpr | Invalid value: "b": subPathExpr and subPath are mutually exclusive
          'volumeMounts':[{'name':'v','mountPath':'/m','mountPropagation':'Bidirectional'}] | volumeMounts.mountPropagation | Forbidden: Bidirectional mount propagation is available only to privileged containers
          'volumeMounts':[{'name':'v','mountPath':'/m','recursiveReadOnly':'Enabled'}] | volumeMounts.recursiveReadOnly | Forbidden: may only be specified when readOnly is true
          'volumeDevices':[{'name':'v','devicePath':'/d'}]                   | volumeDevices[0].name      | Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode
          'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'status.phase'}}}] | env[0].valueFrom.fieldRef.fieldPath | Unsupported value: "status.phase": supported values: "metadata.name"
          'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.x'}}}] | env[0].valueFrom.resourceFieldRef.resource | Unsupported value: "limits.x": supported values: "limits.cpu"
          'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'2'}}}] | env[0].valueFrom.resourceFieldRef.divisor | Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource
          'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'a/b'}}}] | env[0].valueFrom.secretKeyRef.key | Invalid value: "a/b": a valid config key must consist of
          'envFrom':[{'configMapRef':{'name':'-'}}]                          | envFrom[0].configMapRef.name | Invalid value: "-": a lowercase RFC 1123 subdomain must consist of
          'envFrom':[{}]                                                     | envFrom                    | Invalid value: "": must specify one of: `configMapRef` or `secretRef`
          """)
  void containers(String container, String field, String wrong) {
    var path = field == null ? null : "spec.containers[0]." + field;
    Rules.check(PODS.create(pod("'volumes':[{'name':'v'}]", container)), path, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # spec                                                             | field                      | what is wrong
          'dnsPolicy':'None'                                                 | spec.dnsConfig             | Required value: must provide `dnsConfig` when `dnsPolicy` is None
          'dnsPolicy':'None','dnsConfig':{}                                  | spec.dnsConfig.nameservers | Required value: must provide at least one DNS nameserver when `dnsPolicy` is None
          'dnsConfig':{'nameservers':['x']}                                  | spec.dnsConfig.nameservers[0] | Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          'dnsConfig':{'searches':['a_b.c.','.']}                            |                            |
          'dnsConfig':{'searches':['A']}                                     | spec.dnsConfig.searches[0] | Invalid value: "A": a lowercase RFC 1123 subdomain
          'hostAliases':[{'ip':'x','hostnames':['a']}]                       | spec.hostAliases[0].ip     | Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          'hostAliases':[{'ip':'1.2.3.4','hostnames':['A']}]                 | spec.hostAliases[0].hostnames[0] | Invalid value: "A": a lowercase RFC 1123 subdomain
          'schedulingGates':[{'name':'a/b'},{'name':'a/b'}]                  | spec.schedulingGates[1]    | Duplicate value: "a/b"
          'schedulingGates':[{'name':'a/b'}],'nodeName':'n'                  | spec.nodeName              | Forbidden: cannot be set until all schedulingGates have been cleared
          'readinessGates':[{'conditionType':'a b'}]                         | spec.readinessGates[0].conditionType | Invalid value: "a b": name part must consist of
          'os':{'name':'dos'}                                                | spec.os                    | Unsupported value: "dos": supported values: "linux", "windows"
          'os':{'name':'windows'},'hostPID':true                             | spec.hostPID               | Forbidden: cannot be set for a windows pod
          'securityContext':{'runAsUser':-1}                                 | spec.securityContext.runAsUser | Invalid value: -1: must be between 0 and 2147483647, inclusive
          'securityContext':{'supplementalGroups':[-1]}                      | spec.securityContext.supplementalGroups[0] | Invalid value: -1: must be between 0 and 2147483647, inclusive
          'securityContext':{'sysctls':[{'name':'foo-','value':'1'}]}        | spec.securityContext.sysctls[0].name | Invalid value: "foo-": must have at most 253 characters and match regex ^([a-z0-9]
          'securityContext':{'sysctls':[{'name':'bar..','value':'1'}]}       | spec.securityContext.sysctls[0].name | Invalid value: "bar..": must have at most 253 characters
          'securityContext':{'sysctls':[{'name':'kernel/shm_rmid_forced','value':'1'}]} |                 |
          'hostNetwork':true,'securityContext':{'sysctls':[{'name':'net.x','value':'1'}]} | spec.securityContext.sysctls[0].name | Invalid value: "net.x": may not be specified when 'hostNetwork' is true
          'hostPID':true,'shareProcessNamespace':true                        | spec.securityContext.shareProcessNamespace | Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
          'hostUsers':false,'hostNetwork':true                               | spec.hostNetwork           | Forbidden: when `pod.Spec.HostUsers` is false
          'ephemeralContainers':[{'name':'e','image':'i'}]                   | spec.ephemeralContainers   | Forbidden: cannot be set on create
          'initContainers':[{'name':'i','image':'i','readinessProbe':{'tcpSocket':{'port':1}}}] | spec.initContainers[0].readinessProbe | Forbidden: may not be set for init containers without restartPolicy=Always
          'initContainers':[{'name':'i','image':'i','restartPolicy':'Always','readinessProbe':{'tcpSocket':{'port':1}}}] | |
          'initContainers':[{'name':'i','image':'i','restartPolicy':'Never'}] | spec.initContainers[0].restartPolicy | Unsupported value: "Never": supported values: "Always"
          'initContainers':[{'name':'c','image':'i'}]                        | spec.initContainers[0].name | Duplicate value: "c"
          'resourceClaims':[{'name':'a'}]                                    | spec.resourceClaims[0]     | Invalid value: {
          'preemptionPolicy':'Foo'                                           | spec.preemptionPolicy      | Unsupported value: "Foo": supported values: "PreemptLowerPriority", "Never"
          'activeDeadlineSeconds':0                                          | spec.activeDeadlineSeconds | Invalid value: 0: must be between 1 and 2147483647, inclusive
          'activeDeadlineSeconds':9223372036854775807                        | spec.activeDeadlineSeconds | Invalid value: 9223372036854775807: must be between 1 and 2147483647, inclusive
          'tolerations':[{'key':'a','value':'-','operator':'Equal'}]         | spec.tolerations[0].operator | Invalid value: "-": a valid label must be
          'tolerations':[{'operator':'Equal'}]                               | spec.tolerations[0].operator | Invalid value: "Equal": operator must be Exists when `key` is empty
          'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}] | spec.topologySpreadConstraints[0].maxSkew | Invalid value: 0: must be greater than zero
          'topologySpreadConstraints':[{'maxSkew':1,'minDomains':2,'topologyKey':'z','whenUnsatisfiable':'ScheduleAnyway'}] | spec.topologySpreadConstraints[0].minDomains | Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway
          'topologySpreadConstraints':[{'maxSkew':1,'matchLabelKeys':['a'],'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}] | spec.topologySpreadConstraints[0].matchLabelKeys | Forbidden: must not be specified when labelSelector is not set
          'topologySpreadConstraints':[{'maxSkew':1,'matchLabelKeys':['b'],'labelSelector':{'matchExpressions':[{'key':'b','operator':'Exists'},{'key':'b','operator':'Exists'}]},'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}] | spec.topologySpreadConstraints[0][0] | Invalid value: "b": exists in both matchLabelKeys and labelSelector
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','matchLabelKeys':['b','c'],'labelSelector':{'matchLabels':{'c':'d'},'matchExpressions':[{'key':'c','operator':'Exists'}]}}]}} | spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0][1] | Invalid value: "c": exists in both matchLabelKeys and labelSelector
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','matchLabelKeys':['b'],'labelSelector':{'matchExpressions':[{'key':'b','operator':'Exists'}]}}]}} |  |
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','mismatchLabelKeys':['b'],'labelSelector':{'matchLabels':{'b':'c'},'matchExpressions':[{'key':'b','operator':'Exists'}]}}]}} |  |
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','mismatchLabelKeys':['a','b'],'matchLabelKeys':['c','b'],'labelSelector':{}}]}} | spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[1] | Invalid value: "b": exists in both matchLabelKeys and mismatchLabelKeys
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','mismatchLabelKeys':['b']}]}} | spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].mismatchLabelKeys | Forbidden: must not be specified when labelSelector is not set
          'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z','mismatchLabelKeys':['-'],'labelSelector':{}}]}} | spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].mismatchLabelKeys[0] | Invalid value: "-": name part must consist of
          'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'In','values':['-']}]}]}}} | spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0] | Invalid value: "-": a valid label must be
          'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchFields':[{'key':'x','operator':'In','values':['a']}]}]}}} | spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key | Invalid value: "x": not a valid field selector key
          # volumes
          'volumes':[{'name':'v','hostPath':{'path':'/a/../b'}}]             | spec.volumes[0].hostPath.path | Invalid value: "/a/../b": must not contain '..'
          'volumes':[{'name':'v','hostPath':{'path':'/a','type':'Foo'}}]     | spec.volumes[0].hostPath.type | Unsupported value: "Foo": supported values: ""
          'volumes':[{'name':'v','nfs':{'server':'s','path':'a'}}]           | spec.volumes[0].nfs.path   | Invalid value: "a": must be an absolute path
          'volumes':[{'name':'v','emptyDir':{'sizeLimit':'-1'}}]             | spec.volumes[0].emptyDir.sizeLimit | Forbidden: SizeLimit field must be a valid resource quantity
          'volumes':[{'name':'v','secret':{'secretName':'s','defaultMode':512}}] | spec.volumes[0].secret.defaultMode | Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive
          'volumes':[{'name':'v','configMap':{'name':'m','items':[{'key':'k','path':'..a'}]}}] | spec.volumes[0].configMap.items[0].path | Invalid value: "..a": must not start with '..'
          'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':599}}]}}] | spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds | Invalid value: 599: may not specify a duration less than 10 minutes
          'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':9223372036854775807}}]}}] | spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds | Invalid value: 9223372036854775807: may not specify a duration larger than 2^32 seconds
          'volumes':[{'name':'v','downwardAPI':{'items':[{'path':'p'}]}}]    | spec.volumes[0].downwardAPI | Required value: one of fieldRef and resourceFieldRef is required
          'volumes':[{'name':'v','csi':{'driver':'-'}}]                      | spec.volumes[0].csi.driver | Invalid value: "-": a lowercase RFC 1123 subdomain
          """)
  void podSpecs(String spec, String field, String wrong) {
    Rules.check(PODS.create(pod(spec, "")), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what was                                   | change                                                       | field                      | what is wrong
          'activeDeadlineSeconds':10                   | 'activeDeadlineSeconds':9                                    |                            |
          'activeDeadlineSeconds':10                   | 'activeDeadlineSeconds':11                                   | spec.activeDeadlineSeconds | Invalid value: 11: must be less than or equal to previous value
          'activeDeadlineSeconds':10                   | 'activeDeadlineSeconds':null                                 | spec.activeDeadlineSeconds | Invalid value: null: must not update from a positive integer to nil value
          'hostname':'a'                               | 'hostname':'b'                                               | spec                       | Forbidden: pod updates may not change fields other than
          'tolerations':[{'key':'a','operator':'Exists'}] | 'tolerations':[] | spec.tolerations | Forbidden: existing toleration can not be modified except its tolerationSeconds
          'terminationGracePeriodSeconds':-1           | 'terminationGracePeriodSeconds':1                            |                            |
          'terminationGracePeriodSeconds':30           | 'terminationGracePeriodSeconds':1                            | spec                       | Forbidden: pod updates may not change fields other than
          'schedulingGates':[{'name':'a'}]             | 'schedulingGates':[]                                         |                            |
          'schedulingGates':[{'name':'a'}]             | 'schedulingGates':[{'name':'b'}]                             | spec.schedulingGates[0].name | Forbidden: only deletion is allowed, but found new scheduling gate 'b'
          'schedulingGates':[{'name':'a'}],'nodeSelector':{'a':'b'} | 'nodeSelector':{'c':'d'}                        |                            |
          'schedulingGates':[{'name':'a'}],'nodeSelector':{'a':'b'} | 'nodeSelector':{'a':'c'}                        | spec.nodeSelector          | Invalid value: {"a":"c"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)
          'nodeSelector':{'a':'b'}                     | 'nodeSelector':{'c':'d'}                                     | spec                       | Forbidden: pod updates may not change fields other than
          'schedulingGates':[{'name':'a'}]             | 'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'Exists'}]}]}}} | |
          """)
  void changes(String before, String change, String field, String wrong) {
    var stored = PODS.stored(pod(before, ""));
    Rules.check(PODS.patch(stored, PatchType.MERGE, "{'spec':{" + change + "}}"), field, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # restart policy | what was                                                              | what shall be                                                    | field                             | what is wrong
          Never            | 'containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':0}}}] | 'containerStatuses':[{'name':'c','state':{'running':{}}}]     | status.containerStatuses[0].state | Forbidden: may not be transitioned to non-terminated state
          OnFailure        | 'containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':1}}}] | 'containerStatuses':[{'name':'c','state':{'running':{}}}]     |                                   |
          Always           | 'containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':0}}}] | 'containerStatuses':[{'name':'c','state':{'running':{}}}]     |                                   |
          Always           | 'phase':'Pending'                                                     | 'qosClass':'Guaranteed'                                          | status.qosClass                   | Invalid value: "Guaranteed": field is immutable
          Always           | 'phase':'Pending'                                                     | 'podIPs':[{'ip':'x'}]                                            | status.podIPs[0]                  | Invalid value: "x": must be a valid IP address
          Always           | 'phase':'Pending'                                                     | 'podIPs':[{'ip':'10.0.0.1'},{'ip':'10.0.0.2'}]                   | status.podIPs                     | Invalid value: [{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]: may specify no more than one IP for each IP family
          OnFailure        | 'containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':0}}}] | 'containerStatuses':[{'name':'c','state':{'running':{}}}] | status.containerStatuses[0].state | Forbidden: may not be transitioned to non-terminated state
          Never            | 'initContainerStatuses':[{'name':'once','state':{'terminated':{'exitCode':0}}}] | 'initContainerStatuses':[{'name':'once','state':{'running':{}}}] | status.initContainerStatuses[0].state | Forbidden: may not be transitioned to non-terminated state
          Never            | 'initContainerStatuses':[{'name':'sidecar','state':{'terminated':{'exitCode':0}}}] | 'initContainerStatuses':[{'name':'sidecar','state':{'running':{}}}] |  |
          Always           | 'ephemeralContainerStatuses':[{'name':'e','state':{'terminated':{'exitCode':0}}}] | 'ephemeralContainerStatuses':[{'name':'e','state':{'running':{}}}] | status.ephemeralContainerStatuses[0].state | Forbidden: may not be transitioned to non-terminated state
          Always           | 'phase':'Pending' | 'hostIPs':[{'ip':'x'}] | status.hostIPs[0] | Invalid value: "x": must be a valid IP address
          Always           | 'phase':'Pending' | 'conditions':[{'type':'a b','status':'True'}] | metadata.conditions[0].Type | Invalid value: "a b": name part must consist of
          Always           | 'phase':'Pending' | 'conditions':[{'type':'example.com/gate','status':'True'}] |  |
          Always           | 'phase':'Pending'                                                     | 'nominatedNodeName':'A'                                          | status.nominatedNodeName          | Invalid value: "A": a lowercase RFC 1123 subdomain
          """)
  void statuses(String policy, String before, String change, String field, String wrong) {
    var spec =
        "'restartPolicy':'"
            + policy
            + "','initContainers':[{'name':'once','image':'i'},"
            + "{'name':'sidecar','image':'i','restartPolicy':'Always'}]";
    var pod = PODS.stored(pod(spec, ""));
    var status = PODS.at("status");
    var stored =
        Given.store(
            status.patch(pod, PatchType.MERGE, "{'status':{'message':'m'," + before + "}}"));
    Rules.check(status.patch(stored, PatchType.MERGE, "{'status':{" + change + "}}"), field, wrong);
  }
}
