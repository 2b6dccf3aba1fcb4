/// Definitions of custom resources: how they must look to be accepted.
@NullMarked
package dev.troupe.resources.kind.definition;

import org.jspecify.annotations.NullMarked;
