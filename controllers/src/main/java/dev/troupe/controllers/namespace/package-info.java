/// Furnishes every namespace, and empties those that are deleted.
@NullMarked
package dev.troupe.controllers.namespace;

import org.jspecify.annotations.NullMarked;
