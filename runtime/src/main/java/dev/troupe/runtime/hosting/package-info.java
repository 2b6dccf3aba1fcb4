/// Where the hosts of controllers are, as the members tell each other.
@NullMarked
package dev.troupe.runtime.hosting;

import org.jspecify.annotations.NullMarked;
