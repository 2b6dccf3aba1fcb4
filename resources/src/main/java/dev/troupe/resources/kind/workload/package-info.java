/// What makes pods: deployments and replica sets.
@NullMarked
package dev.troupe.resources.kind.workload;

import org.jspecify.annotations.NullMarked;
