/// How important pods are: priority classes.
@NullMarked
package dev.troupe.resources.kind.priority;

import org.jspecify.annotations.NullMarked;
