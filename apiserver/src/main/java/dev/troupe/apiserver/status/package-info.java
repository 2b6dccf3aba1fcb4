/// Refusals as the `Status` documents of Kubernetes.
@NullMarked
package dev.troupe.apiserver.status;

import org.jspecify.annotations.NullMarked;
