/// The expression language as Kubernetes has it: expressions are checked against types, and
/// evaluated within bounds.
@NullMarked
package dev.troupe.resources.expression.language;

import org.jspecify.annotations.NullMarked;
