/// Nodes that exist in name only, and what their kubelets would do: a cluster to try things on.
///
/// What a simulated node does is steered by annotations: see
/// [Behaviour][dev.troupe.controllers.simulation.pod.Behaviour] and [SimulatedNodes].
@NullMarked
package dev.troupe.controllers.simulation;

import org.jspecify.annotations.NullMarked;
