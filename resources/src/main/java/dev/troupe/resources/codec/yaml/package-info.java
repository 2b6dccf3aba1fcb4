/// YAML, as people write it.
@NullMarked
package dev.troupe.resources.codec.yaml;

import org.jspecify.annotations.NullMarked;
