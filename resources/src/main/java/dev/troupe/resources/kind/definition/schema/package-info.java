/// Schemas in definitions: whether they are structural, and say nothing that cannot be kept.
@NullMarked
package dev.troupe.resources.kind.definition.schema;

import org.jspecify.annotations.NullMarked;
