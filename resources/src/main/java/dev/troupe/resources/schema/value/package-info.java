/// Texts that stand for something else, and how Kubernetes writes them: times, bytes.
@NullMarked
package dev.troupe.resources.schema.value;

import org.jspecify.annotations.NullMarked;
