/// What is run beside the controllers of Kubernetes, and how a jar brings it along.
@NullMarked
package dev.troupe.api.extension;

import org.jspecify.annotations.NullMarked;
