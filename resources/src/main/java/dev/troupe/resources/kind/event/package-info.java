/// What happened, told to people.
@NullMarked
package dev.troupe.resources.kind.event;

import org.jspecify.annotations.NullMarked;
