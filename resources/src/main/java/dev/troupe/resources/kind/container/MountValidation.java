package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where a container has the volumes of its pod. What is below a path is blamed on the list, as in
/// Kubernetes.
record MountValidation(ObjectNode container, Map<String, ObjectNode> volumes, FieldErrors errors) {

  private static final List<String> PROPAGATIONS =
      List.of("Bidirectional", "HostToContainer", "None");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  void check(Path path) {
    var mounts = Json.objects(container, "volumeMounts");
    var devices = Json.objects(container, "volumeDevices");
    if (mounts.isEmpty() && devices.isEmpty()) {
      return;
    }
    mounts(mounts, paths(devices, "devicePath"), path.child("volumeMounts"));
    devices(devices, paths(mounts, "mountPath"), path.child("volumeDevices"));
  }

  private static Map<String, String> paths(List<ObjectNode> places, String field) {
    var paths = new HashMap<String, String>();
    places.forEach(place -> paths.put(Json.text(place, "name"), Json.text(place, field)));
    return paths;
  }

  private void mounts(List<ObjectNode> mounts, Map<String, String> devices, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < mounts.size(); i++) {
      var mount = mounts.get(i);
      var at = path.item(i);
      var name = Json.text(mount, "name");
      known(name, at);
      if (devices.containsKey(name)) {
        errors.invalid(at.child("name"), name, "must not already exist in volumeDevices");
      }
      var mountPath = Json.text(mount, "mountPath");
      if (mountPath.isEmpty()) {
        errors.required(at.child("mountPath"), "");
      } else if (!seen.add(mountPath)) {
        errors.invalid(at.child("mountPath"), mountPath, "must be unique");
      }
      if (devices.containsValue(mountPath)) {
        errors.invalid(
            at.child("mountPath"), mountPath, "must not already exist as a path in volumeDevices");
      }
      below(mount, volumes.get(name), at, path);
      propagation(mount, path);
    }
  }

  private void known(String name, Path path) {
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else if (!volumes.containsKey(name)) {
      errors.notFound(path.child("name"), name);
    }
  }

  private void below(ObjectNode mount, @Nullable ObjectNode volume, Path at, Path path) {
    for (var field : List.of("subPath", "subPathExpr")) {
      var below = Json.text(mount, field);
      if (below.isEmpty()) {
        continue;
      }
      if (Json.has(volume, "image")) {
        errors.invalid(at.child(field), below, "not allowed in image volume sources");
      }
      if (field.equals("subPathExpr") && !Json.text(mount, "subPath").isEmpty()) {
        errors.invalid(at.child(field), below, "subPathExpr and subPath are mutually exclusive");
      }
      Checks.localPath(below, path.child(field), errors);
    }
  }

  private void propagation(ObjectNode mount, Path path) {
    Checks.oneOf(mount, "mountPropagation", PROPAGATIONS, path, errors);
    var propagation = Json.text(mount, "mountPropagation");
    boolean privileged = Json.truth(Json.object(container, "securityContext"), "privileged");
    if (propagation.equals("Bidirectional") && !privileged) {
      errors.forbidden(
          path.child("mountPropagation"),
          "Bidirectional mount propagation is available only to privileged containers");
    }
    Checks.oneOf(mount, "recursiveReadOnly", RECURSIVE, path, errors);
    var recursive = Json.text(mount, "recursiveReadOnly");
    if (recursive.equals("Enabled") || recursive.equals("IfPossible")) {
      var at = path.child("recursiveReadOnly");
      if (!Json.truth(mount, "readOnly")) {
        errors.forbidden(at, "may only be specified when readOnly is true");
      }
      if (!propagation.isEmpty() && !propagation.equals("None")) {
        errors.forbidden(
            at, "may only be specified when mountPropagation is None or not specified");
      }
    }
  }

  private void devices(List<ObjectNode> devices, Map<String, String> mounts, Path path) {
    var names = new HashSet<String>();
    var paths = new HashSet<String>();
    for (int i = 0; i < devices.size(); i++) {
      var at = path.item(i);
      var name = Json.text(devices.get(i), "name");
      known(name, at);
      var volume = volumes.get(name);
      if (volume != null && !volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
        errors.invalid(
            at.child("name"),
            name,
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
      }
      if (!names.add(name)) {
        errors.invalid(at.child("name"), name, "must be unique");
      }
      if (mounts.containsKey(name)) {
        errors.invalid(at.child("name"), name, "must not already exist in volumeMounts");
      }
      var device = Json.text(devices.get(i), "devicePath");
      if (device.isEmpty()) {
        errors.required(at.child("devicePath"), "");
      } else if (!paths.add(device)) {
        errors.invalid(at.child("devicePath"), device, "must be unique");
      }
      if (List.of(device.split("/", -1)).contains("..")) {
        errors.invalid(at.child("devicePath"), device, "can not contain backsteps ('..')");
      }
      if (mounts.containsValue(device)) {
        errors.invalid(
            at.child("devicePath"), device, "must not already exist as a path in volumeMounts");
      }
    }
  }
}
