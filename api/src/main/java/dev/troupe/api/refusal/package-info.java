/// Why something was refused, in the words of Kubernetes.
@NullMarked
package dev.troupe.api.refusal;

import org.jspecify.annotations.NullMarked;
