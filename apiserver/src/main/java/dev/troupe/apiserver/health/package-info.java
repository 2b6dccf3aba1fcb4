/// Liveness, readiness, version and metrics.
@NullMarked
package dev.troupe.apiserver.health;

import org.jspecify.annotations.NullMarked;
