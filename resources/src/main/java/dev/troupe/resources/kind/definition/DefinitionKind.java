package dev.troupe.resources.kind.definition;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.table.Cells;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Definitions of custom resources. The versions in which objects may be stored are kept in the
/// status, beside what the controllers say there.
public final class DefinitionKind implements Kind {

  /// Goes when what it defines is removed.
  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  private static final Validation RULES = new DefinitionValidation();

  @Override
  public Conformed conform(
      ObjectNode object, String apiVersion, String schemaType, Conformer conformer) {
    return DefinitionReading.complete(conformer.conform(object, schemaType), conformer);
  }

  /// Schemas and rules are gone through, whoever has written how many of them.
  @Override
  public boolean takesTime() {
    return true;
  }

  @Override
  public void begin(ObjectNode definition) {
    definition.remove("status");
    store(definition);
    hold(definition);
  }

  @Override
  public void admitChange(ObjectNode definition, ObjectNode current) {
    store(definition);
  }

  /// What is stored from now on has been stored.
  private static void store(ObjectNode definition) {
    var status = Json.child(definition, "status");
    var stored = Json.strings(status, "storedVersions");
    for (var version : Json.objects(Json.object(definition, "spec"), "versions")) {
      var name = Json.text(version, "name");
      if (Json.truth(version, "storage")) {
        if (!stored.contains(name)) {
          status.withArray("storedVersions").add(name);
        }
        return;
      }
    }
  }

  @Override
  public Defaults defaults() {
    return DefinitionReading::fill;
  }

  @Override
  public Validation rules() {
    return RULES;
  }

  /// Whoever leaves it out would leave objects behind that nobody sees.
  @Override
  public void keep(ObjectNode object, ObjectNode current) {
    if (!Json.has(Json.object(current, "metadata"), "deletionTimestamp")) {
      hold(object);
    }
  }

  private static void hold(ObjectNode object) {
    var metadata = Json.child(object, "metadata");
    if (!Json.strings(metadata, "finalizers").contains(FINALIZER)) {
      metadata.withArray("finalizers").add(FINALIZER);
    }
  }

  @Override
  public TableBuilder table() {
    return new DefinitionTable();
  }

  /// When it was made is told in full, as an age would say little.
  private record DefinitionTable() implements TableBuilder {

    private static final List<Column> COLUMNS =
        List.of(
            Column.objectName(),
            new Column("Created At", "date", "", "The time at which it was created.", 0));

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public List<Object> cells(ObjectNode object, Instant now) {
      return List.of(
          Cells.name(object), Json.text(Json.object(object, "metadata"), "creationTimestamp"));
    }
  }
}
