/// Which objects a request means: selectors by label and by field.
@NullMarked
package dev.troupe.resources.selector;

import org.jspecify.annotations.NullMarked;
