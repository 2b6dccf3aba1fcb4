/// The functions that Kubernetes adds to the expression language: texts, lists, addresses, amounts,
/// versions.
@NullMarked
package dev.troupe.resources.expression.library;

import org.jspecify.annotations.NullMarked;
