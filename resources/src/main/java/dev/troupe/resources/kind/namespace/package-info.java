/// Namespaces.
@NullMarked
package dev.troupe.resources.kind.namespace;

import org.jspecify.annotations.NullMarked;
