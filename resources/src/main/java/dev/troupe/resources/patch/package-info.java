/// JSON patches, merge patches and strategic merge patches, and the merging of planned fields.
@NullMarked
package dev.troupe.resources.patch;

import org.jspecify.annotations.NullMarked;
