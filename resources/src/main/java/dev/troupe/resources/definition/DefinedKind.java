package dev.troupe.resources.definition;

import dev.troupe.resources.conversion.Conversion;
import dev.troupe.resources.conversion.ConversionHook;
import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.expression.SchemaRules;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.structural.Defaulting;
import dev.troupe.resources.structural.Structural;
import dev.troupe.resources.structural.StructuralPruning;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The kind of a defined type, made from its definition.
final class DefinedKind implements Kind {

  private static final List<String> KEPT_BY_STATUS =
      List.of("annotations", "finalizers", "generateName", "labels", "ownerReferences");

  private final Map<String, DefinedBehaviour> versions = new LinkedHashMap<>();
  private final DefinedBehaviour storage;
  private final Set<String> served = new HashSet<>();

  private final List<ObjectSchema> schemas;
  private final boolean isUnchanged;
  private final Optional<ConversionHook> hook;

  /// Whether any version has expressions.
  private final boolean ruled;

  /// @param all the stored one first
  /// @param generation how often what the definition wants has changed
  /// @param hook who converts; empty if the versions differ in their name alone
  DefinedKind(List<DefinedVersion> all, long generation, Optional<ConversionHook> hook) {
    this.hook = hook;
    this.isUnchanged = generation == 1;
    for (var version : all) {
      versions.put(version.apiVersion(), DefinedBehaviour.of(version, all));
      if (version.served()) {
        served.add(version.apiVersion());
      }
    }
    this.storage = version(all.getFirst().apiVersion());
    this.ruled = all.stream().anyMatch(version -> SchemaRules.isIn(version.schema()));
    this.schemas = all.stream().flatMap(version -> version.schemas().stream()).toList();
  }

  private DefinedBehaviour version(String apiVersion) {
    var behaviour = versions.get(apiVersion);
    if (behaviour == null) {
      throw new IllegalArgumentException("nothing is defined for " + apiVersion);
    }
    return behaviour;
  }

  @Override
  public boolean isDefined() {
    return true;
  }

  @Override
  public boolean prepare() {
    boolean any = false;
    for (var version : versions.values()) {
      any |= version.rules().prepare();
    }
    return any;
  }

  @Override
  public boolean takesTime() {
    return ruled;
  }

  @Override
  public Conformed conform(
      ObjectNode object, String apiVersion, String schemaType, Conformer conformer) {
    return StructuralPruning.resource(object, version(apiVersion).schema(), conformer);
  }

  /// By what the version has now in which it was written, what is gone from there is gone, and what
  /// has got a default has it; then it goes into the other version, which may have less. Where
  /// somebody else converts, it stays in its own.
  @Override
  @SuppressWarnings("ReferenceEquality") // what is the same needs nothing
  public ObjectNode shown(ObjectNode stored, String apiVersion) {
    var recalled = recalled(stored);
    return hook.isPresent() || Converter.isIn(recalled, apiVersion)
        ? recalled
        : fitted(Conversion.convert(recalled, spelling(), apiVersion));
  }

  @Override
  public Optional<ConversionHook> conversionHook() {
    return hook;
  }

  /// What is wrong beyond that stays as it is.
  @Override
  public ObjectNode recalled(ObjectNode stored) {
    var own = schemaOf(stored);
    var pruned = StructuralPruning.resource(stored, own, Conformer.standard());
    if (!pruned.typeErrors().isEmpty()) {
      return stored;
    }
    Defaulting.complete(pruned.object(), own);
    return pruned.object();
  }

  @Override
  public ObjectNode fitted(ObjectNode converted) {
    var fitted = StructuralPruning.resource(converted, schemaOf(converted), Conformer.standard());
    return fitted.typeErrors().isEmpty() ? fitted.object() : converted;
  }

  private Structural schemaOf(ObjectNode object) {
    return versions.getOrDefault(Json.text(object, "apiVersion"), storage).schema();
  }

  /// What was written while the definition was the same is as it has it.
  @Override
  public boolean isShownAsStored() {
    return isUnchanged;
  }

  @Override
  public Optional<String> deprecation(String apiVersion) {
    return version(apiVersion).deprecation();
  }

  @Override
  public Defaults defaults() {
    return storage.defaults();
  }

  @Override
  public Defaults defaults(String apiVersion) {
    return version(apiVersion).defaults();
  }

  @Override
  public Validation rules() {
    return storage.rules();
  }

  @Override
  public Validation rules(String apiVersion) {
    return version(apiVersion).rules();
  }

  @Override
  public Optional<MergeShape> mergeShape(String apiVersion) {
    return Optional.of(version(apiVersion).shape());
  }

  @Override
  public TableBuilder table() {
    return storage.table();
  }

  @Override
  public TableBuilder table(String apiVersion) {
    return version(apiVersion).table();
  }

  @Override
  public List<ObjectSchema> schemas() {
    return schemas;
  }

  @Override
  public boolean serves(String apiVersion) {
    return served.contains(apiVersion);
  }

  /// Who writes the status writes nothing else.
  @Override
  public List<String> keptByStatus() {
    return KEPT_BY_STATUS;
  }
}
