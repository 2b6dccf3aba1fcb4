/// Texts that stand for something else, and how Kubernetes writes them: quantities, times, bytes.
@NullMarked
package dev.troupe.resources.schema.value;

import org.jspecify.annotations.NullMarked;
