package dev.troupe.resources.kind.volume;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What each sort of volume needs.
final class VolumeSourceValidation {

  private static final int MAX_PARTITION = 255;

  /// What the sorts cannot do without.
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("azureFile", List.of("secretName", "shareName")),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("configMap", List.of("name")),
          Map.entry("csi", List.of("driver")),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("gitRepo", List.of("repository")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("hostPath", List.of("path")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("persistentVolumeClaim", List.of("claimName")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("quobyte", List.of("registry", "volume")),
          Map.entry("rbd", List.of("image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
          Map.entry("secret", List.of("secretName")),
          Map.entry("vsphereVolume", List.of("volumePath")));

  private static final List<String> HOST_PATHS =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  private VolumeSourceValidation() {}

  static void check(String sort, ObjectNode source, Path path, FieldErrors errors) {
    for (var field : REQUIRED.getOrDefault(sort, List.of())) {
      Checks.required(source, field, path, errors);
    }
    switch (sort) {
      case "emptyDir" -> emptyDir(source, path, errors);
      case "hostPath" -> hostPath(source, path, errors);
      case "gitRepo" ->
          Checks.localPath(Json.text(source, "directory"), path.child("directory"), errors);
      case "nfs" -> {
        var file = Json.text(source, "path");
        if (!file.startsWith("/")) {
          errors.invalid(path.child("path"), file, "must be an absolute path");
        }
      }
      case "gcePersistentDisk", "awsElasticBlockStore" -> partition(source, path, errors);
      case "iscsi" -> iscsi(source, path, errors);
      case "fc" -> fibreChannel(source, path, errors);
      case "secret", "configMap" -> {
        ProjectionValidation.mode(source, "defaultMode", path, errors);
        ProjectionValidation.items(source, path.child("items"), errors);
      }
      case "downwardAPI" -> ProjectionValidation.downward(source, path, errors);
      case "projected" -> ProjectionValidation.check(source, path, errors);
      case "flexVolume" -> flexVolume(source, path, errors);
      case "csi" -> csi(source, path, errors);
      case "ephemeral" -> {
        if (!Json.has(source, "volumeClaimTemplate")) {
          errors.required(path.child("volumeClaimTemplate"), "");
        }
      }
      default -> {}
    }
  }

  private static void emptyDir(ObjectNode source, Path path, FieldErrors errors) {
    var limit = Json.text(source, "sizeLimit");
    if (!limit.isEmpty() && Quantity.parse(limit).amount().signum() < 0) {
      errors.forbidden(
          path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
  }

  private static void hostPath(ObjectNode source, Path path, FieldErrors errors) {
    Checks.noBacksteps(Json.text(source, "path"), path.child("path"), errors);
    Checks.oneOf(source, "type", HOST_PATHS, path, errors);
  }

  private static void partition(ObjectNode source, Path path, FieldErrors errors) {
    long partition = Json.number(source, "partition", 0);
    if (partition < 0 || partition > MAX_PARTITION) {
      errors.invalid(path.child("partition"), partition, "must be between 1 and 255, inclusive");
    }
  }

  private static void iscsi(ObjectNode source, Path path, FieldErrors errors) {
    Checks.range(Json.number(source, "lun", 0), 0, MAX_PARTITION, path.child("lun"), errors);
    var name = Json.text(source, "iqn");
    if (!name.isEmpty() && List.of("iqn", "eui", "naa").stream().noneMatch(name::startsWith)) {
      errors.invalid(
          path.child("iqn"), name, "must be valid format starting with iqn, eui, or naa");
    }
    boolean authenticated =
        Json.truth(source, "chapAuthDiscovery") || Json.truth(source, "chapAuthSession");
    if (authenticated && !Json.has(source, "secretRef")) {
      errors.required(path.child("secretRef"), "");
    }
  }

  private static void fibreChannel(ObjectNode source, Path path, FieldErrors errors) {
    var targets = Json.strings(source, "targetWWNs");
    var at = path.child("targetWWNs");
    if (targets.isEmpty() && Json.strings(source, "wwids").isEmpty()) {
      errors.required(at, "must specify either targetWWNs or wwids, but not both");
    }
    if (targets.isEmpty()) {
      return;
    }
    if (!Json.strings(source, "wwids").isEmpty()) {
      errors.invalid(
          at,
          Json.get(source, "targetWWNs"),
          "targetWWNs and wwids can not be specified simultaneously");
    }
    if (!Json.has(source, "lun")) {
      errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
    }
    Checks.range(Json.number(source, "lun"), 0, MAX_PARTITION, path.child("lun"), errors);
  }

  private static void flexVolume(ObjectNode source, Path path, FieldErrors errors) {
    for (var option : Json.entries(source, "options")) {
      var key = option.getKey();
      var namespace = "." + key.split("/", 2)[0].toLowerCase(Locale.ROOT);
      if (namespace.endsWith(".kubernetes.io") || namespace.endsWith(".k8s.io")) {
        errors.invalid(
            path.child("options").key(key),
            key,
            "kubernetes.io and k8s.io namespaces are reserved");
      }
    }
  }

  private static void csi(ObjectNode source, Path path, FieldErrors errors) {
    Checks.text(source, "driver", Names::subdomain, path, errors);
    var secret = Json.object(source, "nodePublishSecretRef");
    if (secret != null) {
      Checks.required(secret, "name", path.child("nodePublishSecretRef"), errors);
    }
  }
}
