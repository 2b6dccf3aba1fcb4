/// The directory of a store and its files, as the engine and its tests reach them.
@NullMarked
package dev.troupe.persistence.embedded.files;

import org.jspecify.annotations.NullMarked;
