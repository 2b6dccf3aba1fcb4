/// Which things of which there is only one each an object must have, and who has them.
@NullMarked
package dev.troupe.resources.claim;

import org.jspecify.annotations.NullMarked;
