package dev.troupe.resources.kind.volume;

import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.container.ContainerDefaults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of volumes.
public final class VolumeDefaults {

  private static final int READABLE = 0644;
  private static final int HOUR = 3600;

  private static final Map<String, Map<String, String>> TEXTS =
      Map.of(
          "iscsi", Map.of("iscsiInterface", "default"),
          "rbd", Map.of("pool", "rbd", "user", "admin", "keyring", "/etc/ceph/keyring"),
          "azureDisk", Map.of("cachingMode", "ReadWrite", "kind", "Shared", "fsType", "ext4"),
          "scaleIO", Map.of("storageMode", "ThinProvisioned", "fsType", "xfs"));

  private VolumeDefaults() {}

  public static void complete(ObjectNode volume) {
    boolean hasSource = volume.size() > (volume.has("name") ? 1 : 0);
    if (!hasSource) {
      volume.putObject("emptyDir");
    }
    for (var source : List.of("secret", "configMap", "downwardAPI", "projected")) {
      mode(Json.object(volume, source));
    }
    var hostPath = Json.object(volume, "hostPath");
    if (hostPath != null && !hostPath.has("type")) {
      hostPath.put("type", "");
    }
    fields(Json.object(volume, "downwardAPI"));
    Json.objects(Json.object(volume, "projected"), "sources").forEach(VolumeDefaults::projection);
    image(Json.object(volume, "image"));
    claim(Json.object(volume, "ephemeral"));
    TEXTS.forEach((source, texts) -> texts(Json.object(volume, source), texts));
  }

  private static void mode(@Nullable ObjectNode source) {
    if (source != null) {
      Given.orElse(source, "defaultMode", READABLE);
    }
  }

  private static void fields(@Nullable ObjectNode source) {
    for (var item : Json.objects(source, "items")) {
      ContainerDefaults.field(Json.object(item, "fieldRef"));
    }
  }

  private static void projection(ObjectNode source) {
    fields(Json.object(source, "downwardAPI"));
    var token = Json.object(source, "serviceAccountToken");
    if (token != null) {
      Given.orElse(token, "expirationSeconds", HOUR);
    }
  }

  private static void image(@Nullable ObjectNode image) {
    if (image != null) {
      var policy = ContainerDefaults.pullPolicy(Json.text(image, "reference"));
      Given.orElse(image, "pullPolicy", policy);
    }
  }

  private static void claim(@Nullable ObjectNode ephemeral) {
    var spec = Json.object(Json.object(ephemeral, "volumeClaimTemplate"), "spec");
    if (spec != null) {
      Given.orElse(spec, "volumeMode", "Filesystem");
    }
  }

  private static void texts(@Nullable ObjectNode source, Map<String, String> texts) {
    if (source != null) {
      texts.forEach((field, value) -> Given.orElse(source, field, value));
    }
  }
}
