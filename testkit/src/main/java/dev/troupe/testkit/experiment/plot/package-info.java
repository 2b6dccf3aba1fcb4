/// Plots over the time of a run as inline SVG, tables, and the page that they are on.
@NullMarked
package dev.troupe.testkit.experiment.plot;

import org.jspecify.annotations.NullMarked;
