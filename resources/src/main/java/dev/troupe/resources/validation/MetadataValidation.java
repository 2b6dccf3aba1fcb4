package dev.troupe.resources.validation;

import dev.troupe.resources.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What metadata must look like.
public final class MetadataValidation {

  private static final int MAX_ANNOTATIONS = 256 * 1024;

  private MetadataValidation() {}

  public static void check(
      NameRule names, boolean namespaced, ObjectNode object, FieldErrors errors) {
    var metadata = Json.object(object, "metadata");
    name(names, metadata, errors);
    namespace(namespaced, metadata, errors);
    LabelValidation.check(metadata, "labels", Path.METADATA.child("labels"), errors);
    annotations(metadata, Path.METADATA.child("annotations"), errors);
    finalizers(metadata, errors);
    OwnerValidation.check(metadata, errors);
  }

  /// The metadata of an object that is inside of another one. It may have no name yet.
  public static void checkEmbedded(ObjectNode metadata, Path path, FieldErrors errors) {
    var name = Json.text(metadata, "name");
    Names.pathSegment(name).ifPresent(wrong -> errors.invalid(path.child("name"), name, wrong));
    var namespace = Json.text(metadata, "namespace");
    if (!namespace.isEmpty()) {
      Names.label(namespace)
          .ifPresent(wrong -> errors.invalid(path.child("namespace"), namespace, wrong));
    }
    LabelValidation.check(metadata, "labels", path.child("labels"), errors);
    annotations(metadata, path.child("annotations"), errors);
  }

  private static void name(NameRule rule, @Nullable ObjectNode metadata, FieldErrors errors) {
    var prefix = Json.text(metadata, "generateName");
    if (!prefix.isEmpty()) {
      rule.check(withoutDash(prefix))
          .ifPresent(wrong -> errors.invalid(Path.METADATA.child("generateName"), prefix, wrong));
    }
    var name = Json.text(metadata, "name");
    var path = Path.METADATA.child("name");
    if (name.isEmpty()) {
      errors.required(path, "name or generateName is required");
      return;
    }
    rule.check(name).ifPresent(wrong -> errors.invalid(path, name, wrong));
  }

  /// What names are made from may end in a dash, since more follows.
  private static String withoutDash(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 1) + "a"
        : prefix;
  }

  private static void namespace(
      boolean namespaced, @Nullable ObjectNode metadata, FieldErrors errors) {
    var namespace = Json.text(metadata, "namespace");
    var path = Path.METADATA.child("namespace");
    if (namespaced && namespace.isEmpty()) {
      errors.required(path, "");
    } else if (namespaced) {
      Names.label(namespace).ifPresent(wrong -> errors.invalid(path, namespace, wrong));
    }
  }

  public static void annotations(@Nullable ObjectNode metadata, Path path, FieldErrors errors) {
    int size = 0;
    for (var entry : Json.entries(metadata, "annotations")) {
      var key = entry.getKey();
      Names.qualified(key.toLowerCase(java.util.Locale.ROOT))
          .ifPresent(wrong -> errors.invalid(path, key, wrong));
      size += bytes(key) + bytes(entry.getValue().asString(""));
    }
    if (size > MAX_ANNOTATIONS) {
      errors.tooLong(path, MAX_ANNOTATIONS);
    }
  }

  private static int bytes(String text) {
    return text.length() < MAX_ANNOTATIONS / 4
        ? asciiOrMore(text)
        : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int asciiOrMore(String text) {
    return text.chars().allMatch(c -> c < 0x80)
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void finalizers(@Nullable ObjectNode metadata, FieldErrors errors) {
    var path = Path.METADATA.child("finalizers");
    var finalizers = Json.strings(metadata, "finalizers");
    for (var finalizer : finalizers) {
      Names.qualified(finalizer).ifPresent(wrong -> errors.invalid(path, finalizer, wrong));
    }
    if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
      errors.invalid(
          path,
          Json.get(metadata, "finalizers"),
          "finalizer orphan and foregroundDeletion cannot be both set");
    }
  }
}
