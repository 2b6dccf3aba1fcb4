/// Liveness, readiness, version and metrics, and what is noted of each request.
@NullMarked
package dev.troupe.apiserver.health;

import org.jspecify.annotations.NullMarked;
