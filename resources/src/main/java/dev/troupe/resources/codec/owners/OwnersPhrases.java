package dev.troupe.resources.codec.owners;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What `managedFields` say again and again. A phrase has its code for ever, as what is stored
/// names it: new ones are added at the end.
final class OwnersPhrases {

  /// Smaller codes are no phrases.
  static final int FIRST = 3;

  private static final int CODES = 256;

  /// Phrases that are not the name of a field.
  private static final List<String> STRUCTURE =
      List.of(
          "[{\"manager\":\"",
          "},{\"manager\":\"",
          "\",\"operation\":\"Update\",\"apiVersion\":\"",
          "\",\"operation\":\"Apply\",\"apiVersion\":\"",
          "\",\"time\":\"",
          "\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{",
          ",\"subresource\":\"status\"}]",
          ",\"subresource\":\"",
          "v1",
          "apps/v1",
          "batch/v1",
          "kubectl",
          "kubectl-create",
          "kubectl-client-side-apply",
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "helm",
          "\".\":{},",
          "},",
          "}},",
          "}}},",
          "}}}},",
          "}}}}},",
          "{}",
          "}}",
          "}}}",
          "}}}}",
          "}}}}}}",
          "}]",
          "\"f:",
          "\":{},",
          "\":{",
          "\"k:{\\\"",
          "\\\":\\\"",
          "\\\"}\":{",
          "\"k:{\\\"name\\\":\\\"",
          "\"k:{\\\"type\\\":\\\"",
          "\"k:{\\\"uid\\\":\\\"",
          "\"k:{\\\"ip\\\":\\\"",
          "\"k:{\\\"mountPath\\\":\\\"",
          "\"k:{\\\"containerPort\\\":",
          "\"k:{\\\"port\\\":",
          ",\\\"protocol\\\":\\\"TCP\\\"}\":{",
          ",\\\"protocol\\\":\\\"UDP\\\"}\":{",
          "\"v:\\\"",
          "\\\"\":{");

  /// Names of fields, each as `"f:name":{`.
  private static final String FIELDS =
      "metadata spec status data labels annotations name namespace ownerReferences finalizers"
          + " generateName kubectl.kubernetes.io/last-applied-configuration"
          + " deployment.kubernetes.io/revision app app.kubernetes.io/name"
          + " app.kubernetes.io/instance app.kubernetes.io/managed-by app.kubernetes.io/version"
          + " app.kubernetes.io/component app.kubernetes.io/part-of helm.sh/chart pod-template-hash"
          + " kubernetes.io/metadata.name meta.helm.sh/release-name meta.helm.sh/release-namespace"
          + " deployment.kubernetes.io/desired-replicas deployment.kubernetes.io/max-replicas"
          + " replicas selector matchLabels matchExpressions template containers initContainers"
          + " image imagePullPolicy command args env envFrom value valueFrom ports containerPort"
          + " protocol hostPort resources limits requests cpu memory ephemeral-storage volumeMounts"
          + " mountPath subPath readOnly livenessProbe readinessProbe startupProbe httpGet path"
          + " port scheme tcpSocket exec grpc failureThreshold periodSeconds successThreshold"
          + " timeoutSeconds initialDelaySeconds lifecycle preStop postStart securityContext"
          + " runAsNonRoot runAsUser runAsGroup fsGroup capabilities drop add"
          + " allowPrivilegeEscalation privileged readOnlyRootFilesystem seccompProfile"
          + " terminationMessagePath terminationMessagePolicy volumes configMap secret secretName"
          + " emptyDir hostPath persistentVolumeClaim claimName projected sources defaultMode items"
          + " key optional serviceAccount serviceAccountName automountServiceAccountToken dnsPolicy"
          + " restartPolicy schedulerName nodeName nodeSelector tolerations affinity"
          + " topologySpreadConstraints enableServiceLinks priority priorityClassName"
          + " preemptionPolicy terminationGracePeriodSeconds hostNetwork imagePullSecrets strategy"
          + " rollingUpdate maxSurge maxUnavailable type minReadySeconds progressDeadlineSeconds"
          + " revisionHistoryLimit paused updateStrategy serviceName podManagementPolicy"
          + " volumeClaimTemplates conditions lastProbeTime lastTransitionTime lastUpdateTime"
          + " lastHeartbeatTime message reason observedGeneration availableReplicas"
          + " fullyLabeledReplicas readyReplicas updatedReplicas terminatingReplicas"
          + " unavailableReplicas currentReplicas collisionCount containerStatuses"
          + " initContainerStatuses phase podIP podIPs hostIP hostIPs ip startTime completionTime"
          + " qosClass clusterIP clusterIPs internalTrafficPolicy externalTrafficPolicy ipFamilies"
          + " ipFamilyPolicy sessionAffinity targetPort nodePort loadBalancer ingress addressType"
          + " endpoints rules host hosts http paths backend roleRef subjects verbs apiGroups group"
          + " version versions kind names scope schema holderIdentity leaseDurationSeconds"
          + " leaseTransitions acquireTime renewTime capacity allocatable addresses";

  private static final byte[][] ALL = all();

  /// The codes of phrases that begin with the same sign (names of fields: by the first of the
  /// name), the longest first.
  private static final int[][] BY_BEGINNING = byBeginning();

  private OwnersPhrases() {}

  private static byte[][] all() {
    var phrases = new ArrayList<>(STRUCTURE);
    for (var name : FIELDS.split(" ")) {
      phrases.add("\"f:" + name + "\":{");
    }
    if (phrases.size() > CODES - FIRST) {
      throw new IllegalStateException(phrases.size() + " phrases are more than have a code");
    }
    return phrases.stream().map(phrase -> phrase.getBytes(US_ASCII)).toArray(byte[][]::new);
  }

  private static int[][] byBeginning() {
    var lists = new ArrayList<List<Integer>>();
    for (int i = 0; i < 2 * 128; i++) {
      lists.add(new ArrayList<>(2));
    }
    for (int i = 0; i < ALL.length; i++) {
      lists.get(beginning(ALL[i], 0)).add(i);
    }
    return lists.stream()
        .map(list ->
            list.stream()
                .sorted(Comparator.comparingInt((Integer i) -> ALL[i].length).reversed())
                .mapToInt(i -> i)
                .toArray())
        .toArray(int[][]::new);
  }

  private static int beginning(byte[] bytes, int at) {
    boolean field =
        bytes[at] == '"'
            && bytes.length > at + 3
            && bytes[at + 1] == 'f'
            && bytes[at + 2] == ':'
            && bytes[at + 3] > 0;
    return field ? 128 + bytes[at + 3] : bytes[at];
  }

  /// The code of the longest phrase that begins here and ends before `end`; negative if none does.
  static int codeAt(byte[] bytes, int at, int end) {
    if (bytes[at] < 0) {
      return -1;
    }
    int beginning = beginning(bytes, at);
    int code = longest(BY_BEGINNING[beginning], bytes, at, end);
    return code < 0 && beginning >= 128 ? longest(BY_BEGINNING['"'], bytes, at, end) : code;
  }

  private static int longest(int[] candidates, byte[] bytes, int at, int end) {
    for (int candidate : candidates) {
      var phrase = ALL[candidate];
      if (at + phrase.length <= end && OwnersSpan.startsWith(bytes, at, phrase)) {
        return candidate + FIRST;
      }
    }
    return -1;
  }

  /// @return nothing if there is no such phrase
  static byte[] phrase(int code) {
    int index = code - FIRST;
    return index < 0 || index >= ALL.length ? new byte[0] : ALL[index];
  }
}
