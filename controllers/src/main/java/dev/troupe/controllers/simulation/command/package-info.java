/// What the commands of simulated containers would do: write lines, take their time, end.
@NullMarked
package dev.troupe.controllers.simulation.command;

import org.jspecify.annotations.NullMarked;
