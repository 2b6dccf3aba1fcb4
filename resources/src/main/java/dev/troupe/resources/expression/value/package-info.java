/// The values of objects as expressions see them: lazy views of their JSON.
@NullMarked
package dev.troupe.resources.expression.value;

import org.jspecify.annotations.NullMarked;
