/// The life of a pod on a simulated node: what its containers do, and what its status says of it.
@NullMarked
package dev.troupe.controllers.simulation.pod;

import org.jspecify.annotations.NullMarked;
