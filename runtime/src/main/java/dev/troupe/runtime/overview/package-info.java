/// How members are and what they hold, put together for people out of what each of them tells.
@NullMarked
package dev.troupe.runtime.overview;

import org.jspecify.annotations.NullMarked;
