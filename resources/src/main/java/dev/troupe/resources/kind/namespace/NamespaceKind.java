package dev.troupe.resources.kind.namespace;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Ending;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.kind.SpecFinalizers;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Validation;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Namespaces live by `spec.finalizers`: content is removed before the last of them goes.
public final class NamespaceKind implements Kind {

  private static final String KUBERNETES = "kubernetes";
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
  private static final Ending ENDING = new Ending.Emptied(NamespaceKind::terminate);
  private static final Defaults DEFAULTS = new NamespaceDefaults();
  private static final Validation RULES = new NamespaceValidation();
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.text("Status", "The status of the namespace"),
              object -> Json.text(object.get("status"), "phase")));

  @Override
  public Defaults defaults() {
    return DEFAULTS;
  }

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public NameRule nameRule() {
    return Names::label;
  }

  @Override
  public void begin(ObjectNode namespace) {
    var finalizers = new ArrayList<>(SpecFinalizers.of(namespace));
    if (!finalizers.contains(KUBERNETES)) {
      finalizers.add(KUBERNETES);
    }
    SpecFinalizers.set(namespace, finalizers);
    Json.child(namespace, "status").put("phase", "Active");
  }

  /// Only `finalize` changes the finalizers of the content.
  @Override
  public void keep(ObjectNode namespace, ObjectNode current) {
    Json.copy("finalizers", Json.object(current, "spec"), Json.child(namespace, "spec"));
  }

  @Override
  public Optional<String> immortality(String name) {
    return IMMORTAL.contains(name)
        ? Optional.of("this namespace may not be deleted")
        : Optional.empty();
  }

  @Override
  public Ending ending() {
    return ENDING;
  }

  private static void terminate(ObjectNode namespace) {
    Json.child(namespace, "status").put("phase", "Terminating");
  }

  @Override
  public boolean isHeld(ObjectNode namespace) {
    return !SpecFinalizers.of(namespace).isEmpty();
  }
}
