/// What is special about the resources of each type: one home per kind.
@NullMarked
package dev.troupe.resources.kind;

import org.jspecify.annotations.NullMarked;
