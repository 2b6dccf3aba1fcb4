/// Types that are defined while a member runs: follows their definitions, and has them served.
@NullMarked
package dev.troupe.runtime.definition;

import org.jspecify.annotations.NullMarked;
