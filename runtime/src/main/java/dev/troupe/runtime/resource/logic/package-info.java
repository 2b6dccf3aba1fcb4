/// What one resource decides, and what becomes of it.
@NullMarked
package dev.troupe.runtime.resource.logic;

import org.jspecify.annotations.NullMarked;
