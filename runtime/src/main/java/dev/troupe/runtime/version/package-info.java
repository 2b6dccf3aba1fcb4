/// The clock that versions are taken from: its ceiling and its promises.
@NullMarked
package dev.troupe.runtime.version;

import org.jspecify.annotations.NullMarked;
