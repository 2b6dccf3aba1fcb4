/// Sets of fields of an object, and how Kubernetes writes them down.
@NullMarked
package dev.troupe.resources.ownership.field;

import org.jspecify.annotations.NullMarked;
