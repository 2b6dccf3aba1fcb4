package dev.troupe.resources.definition;

import com.google.common.base.Suppliers;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.expression.SchemaRules;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.structural.Defaulting;
import dev.troupe.resources.structural.Structural;
import dev.troupe.resources.structural.StructuralShape;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import java.util.Optional;

/// How objects behave that are written in one version of a defined type.
record DefinedBehaviour(
    Structural schema,
    MergeShape shape,
    Defaults defaults,
    DefinedRules rules,
    TableBuilder table,
    Optional<String> deprecation) {

  /// @param all the versions of the type
  static DefinedBehaviour of(DefinedVersion version, List<DefinedVersion> all) {
    var schema = Structural.of(version.schema());
    return new DefinedBehaviour(
        schema,
        new StructuralShape(schema, true),
        object -> Defaulting.complete(object, schema),
        new DefinedRules(
            schema,
            version.scale(),
            Suppliers.memoize(
                () -> SchemaRules.compile(version.schema(), Path.ROOT, new FieldErrors()))),
        DefinedTable.of(version),
        version.deprecation(all));
  }
}
