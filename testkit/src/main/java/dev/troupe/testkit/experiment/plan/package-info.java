/// An experiment as it is written down: what is set up, what is asked of it, what breaks, and what
/// must hold.
@NullMarked
package dev.troupe.testkit.experiment.plan;

import org.jspecify.annotations.NullMarked;
