/// Clients of objects that members work with themselves, or that others rely on: leases and
/// deployments.
@NullMarked
package dev.troupe.testkit.load.object;

import org.jspecify.annotations.NullMarked;
