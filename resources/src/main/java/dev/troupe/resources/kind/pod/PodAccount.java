package dev.troupe.resources.kind.pod;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Sponsor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The service account of a pod: it must be there, and gives the pod its pull secrets and, unless
/// one of both does not want it, a volume with the token by which the pod is known to the API.
final class PodAccount implements Sponsor {

  private static final TypeRef ACCOUNTS = TypeRef.core("serviceaccounts");
  private static final String DEFAULT = "default";
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String VOLUME = "kube-api-access-";
  private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String AUTOMOUNT = "automountServiceAccountToken";
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int MODE = 0644;

  /// An hour, and enough to find it in logs.
  private static final int TOKEN_SECONDS = 3607;

  @Override
  public TypeRef type() {
    return ACCOUNTS;
  }

  @Override
  public boolean namespaced() {
    return true;
  }

  @Override
  public Wanted wanted(ObjectNode pod) {
    var name = of(pod);
    return name.isEmpty() ? new Wanted.Nobody() : new Wanted.Named(name);
  }

  private static String of(ObjectNode pod) {
    var annotations = Json.object(Json.object(pod, "metadata"), "annotations");
    var spec = Json.object(pod, "spec");
    if (spec == null || Json.has(annotations, MIRROR)) {
      return "";
    }
    var name = Json.text(spec, "serviceAccountName");
    var account = name.isEmpty() ? Json.text(spec, "serviceAccount") : name;
    return account.isEmpty() ? DEFAULT : account;
  }

  /// The account that every namespace is furnished with may be on its way.
  @Override
  public Optional<String> complete(ObjectNode pod, @Nullable ObjectNode account, String uid) {
    var name = of(pod);
    if (account == null && !name.equals(DEFAULT)) {
      var namespace = Json.text(Json.object(pod, "metadata"), "namespace");
      return Optional.of(
          "error looking up service account "
              + (namespace.isEmpty() ? "" : namespace + "/")
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
    }
    var spec = Json.child(pod, "spec");
    var secrets = Json.list(account, "imagePullSecrets");
    if (secrets != null && !secrets.isEmpty() && Json.objects(spec, "imagePullSecrets").isEmpty()) {
      spec.set("imagePullSecrets", secrets.deepCopy());
    }
    if (wantsToken(spec, account)) {
      giveToken(spec, uid);
    }
    return Optional.empty();
  }

  private static boolean wantsToken(ObjectNode spec, @Nullable ObjectNode account) {
    var wish = Json.has(spec, AUTOMOUNT) ? spec : account;
    return !Json.has(wish, AUTOMOUNT) || Json.truth(wish, AUTOMOUNT);
  }

  private static void giveToken(ObjectNode spec, String uid) {
    var existing =
        Json.objects(spec, "volumes").stream()
            .map(volume -> Json.text(volume, "name"))
            .filter(name -> name.startsWith(VOLUME))
            .findFirst();
    var name = existing.orElse(VOLUME + suffix(uid));
    boolean mounted = false;
    for (var list : List.of("initContainers", "containers")) {
      for (var container : Json.objects(spec, list)) {
        mounted |= mount(container, name);
      }
    }
    if (mounted && existing.isEmpty() && isListOrAbsent(spec, "volumes")) {
      var volumes = Json.list(spec, "volumes");
      volume((volumes == null ? spec.putArray("volumes") : volumes).addObject(), name);
    }
  }

  /// What was sent may be anything: what is no list is left to be refused.
  private static boolean isListOrAbsent(ObjectNode parent, String field) {
    return !Json.has(parent, field) || Json.list(parent, field) != null;
  }

  private static boolean mount(ObjectNode container, String name) {
    boolean has =
        Json.objects(container, "volumeMounts").stream()
            .anyMatch(mount -> Json.text(mount, "mountPath").equals(MOUNT_PATH));
    if (has || !isListOrAbsent(container, "volumeMounts")) {
      return false;
    }
    var mounts = Json.list(container, "volumeMounts");
    (mounts == null ? container.putArray("volumeMounts") : mounts)
        .addObject()
        .put("name", name)
        .put("readOnly", true)
        .put("mountPath", MOUNT_PATH);
    return true;
  }

  private static void volume(ObjectNode volume, String name) {
    var projected = volume.put("name", name).putObject("projected");
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    sources
        .addObject()
        .putObject("configMap")
        .put("name", "kube-root-ca.crt")
        .putArray("items")
        .addObject()
        .put("key", "ca.crt")
        .put("path", "ca.crt");
    sources
        .addObject()
        .putObject("downwardAPI")
        .putArray("items")
        .addObject()
        .put("path", "namespace")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", MODE);
  }

  private static String suffix(String uid) {
    var suffix = new StringBuilder(SUFFIX);
    long hash = Integer.toUnsignedLong(uid.hashCode());
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(ALPHABET.charAt((int) (hash % ALPHABET.length())));
      hash /= ALPHABET.length();
    }
    return suffix.toString();
  }
}
