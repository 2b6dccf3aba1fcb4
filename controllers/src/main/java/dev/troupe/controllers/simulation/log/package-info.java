/// The logs of simulated containers: lines that follow from a pod's status and the time.
@NullMarked
package dev.troupe.controllers.simulation.log;

import org.jspecify.annotations.NullMarked;
