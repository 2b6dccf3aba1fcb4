package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.definition.schema.SchemaWarnings;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a definition must look like.
final class DefinitionValidation implements Validation {

  private static final Path STATUS = Path.ROOT.child("status");

  @Override
  public void check(ObjectNode definition, FieldErrors errors) {
    var spec = Json.object(definition, "spec");
    name(definition, spec, errors);
    group(spec, errors);
    Checks.requiredOneOf(spec, "scope", List.of("Cluster", "Namespaced"), Path.SPEC, errors);
    var versions = Json.objects(spec, "versions");
    DefinitionVersions.check(versions, errors);
    oneStorage(spec, versions, errors);
    DefinitionNames.wanted(Json.object(spec, "names"), Path.SPEC.child("names"), errors);
    ConversionCheck.check(Json.object(spec, "conversion"), errors);
    if (Json.truth(spec, "preserveUnknownFields")) {
      errors.invalid(
          Path.SPEC.child("preserveUnknownFields"),
          true,
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
    storedVersions(definition, versions, errors);
  }

  private static void name(ObjectNode definition, @Nullable ObjectNode spec, FieldErrors errors) {
    var name = Json.text(Json.object(definition, "metadata"), "name");
    var wanted = Json.text(Json.object(spec, "names"), "plural") + "." + Json.text(spec, "group");
    if (!name.equals(wanted)) {
      errors.invalid(
          Path.METADATA.child("name"), name, "must be spec.names.plural+\".\"+spec.group");
    }
  }

  private static void group(@Nullable ObjectNode spec, FieldErrors errors) {
    var group = Json.text(spec, "group");
    var path = Path.SPEC.child("group");
    var wrong = Names.subdomain(group);
    if (group.isEmpty()) {
      errors.required(path, "");
    } else if (wrong.isPresent()) {
      errors.invalid(path, group, wrong.get());
    } else if (group.indexOf('.') < 0) {
      errors.invalid(path, group, "should be a domain with at least one dot");
    }
  }

  private static void oneStorage(
      @Nullable ObjectNode spec, List<ObjectNode> versions, FieldErrors errors) {
    var path = Path.SPEC.child("versions");
    var names = new HashSet<String>();
    boolean unique = versions.stream().allMatch(version -> names.add(Json.text(version, "name")));
    if (!unique) {
      errors.invalid(path, Json.get(spec, "versions"), "must contain unique version names");
    }
    if (versions.stream().filter(version -> Json.truth(version, "storage")).count() != 1) {
      errors.invalid(
          path,
          Json.get(spec, "versions"),
          "must have exactly one version marked as storage version");
    }
  }

  private static void storedVersions(
      ObjectNode definition, List<ObjectNode> versions, FieldErrors errors) {
    var path = STATUS.child("storedVersions");
    var stored = Json.strings(Json.object(definition, "status"), "storedVersions");
    if (stored.isEmpty()) {
      errors.invalid(path, Json.array(), "must have at least one stored version");
      return;
    }
    var names = versions.stream().map(version -> Json.text(version, "name")).toList();
    for (int i = 0; i < stored.size(); i++) {
      if (!names.contains(stored.get(i))) {
        errors.invalid(
            path.item(i),
            stored.get(i),
            ("missing from spec.versions; %1$s was previously a storage version, and must remain in"
                    + " spec.versions until a storage migration ensures no data remains persisted in"
                    + " %1$s and removes %1$s from status.storedVersions")
                .formatted(stored.get(i)));
      }
    }
  }

  @Override
  public void checkNew(ObjectNode definition, FieldErrors errors) {
    ApprovalCheck.check(definition, null, errors);
  }

  @Override
  public void checkChange(ObjectNode definition, ObjectNode old, FieldErrors errors) {
    var spec = Json.object(definition, "spec");
    var oldSpec = Json.object(old, "spec");
    var names = Json.object(spec, "names");
    var oldNames = Json.object(oldSpec, "names");
    var namesPath = Path.SPEC.child("names");
    if (isEstablished(old)) {
      errors.immutable(
          Path.SPEC.child("scope"), Json.get(spec, "scope"), Json.get(oldSpec, "scope"));
      errors.immutable(
          namesPath.child("kind"), Json.get(names, "kind"), Json.get(oldNames, "kind"));
    }
    errors.immutable(Path.SPEC.child("group"), Json.get(spec, "group"), Json.get(oldSpec, "group"));
    errors.immutable(
        namesPath.child("plural"), Json.get(names, "plural"), Json.get(oldNames, "plural"));
    ApprovalCheck.check(definition, old, errors);
  }

  private static boolean isEstablished(ObjectNode definition) {
    return Json.objects(Json.object(definition, "status"), "conditions").stream()
        .anyMatch(condition ->
            Json.text(condition, "type").equals("Established")
                && Json.text(condition, "status").equals("True"));
  }

  @Override
  public void checkStatus(ObjectNode definition, ObjectNode old, FieldErrors errors) {
    var names = Json.object(Json.object(definition, "status"), "acceptedNames");
    DefinitionNames.check(names, STATUS.child("acceptedNames"), errors);
  }

  @Override
  public void warn(ObjectNode definition, @Nullable ObjectNode old, FieldWarnings warnings) {
    var known = old == null ? List.<String>of() : SchemaWarnings.of(old);
    SchemaWarnings.of(definition).stream()
        .filter(text -> !known.contains(text))
        .forEach(warnings::add);
  }
}
