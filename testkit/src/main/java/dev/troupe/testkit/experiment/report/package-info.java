/// The pages that people read of a run, and of two runs side by side: one file each, that needs
/// nothing else.
@NullMarked
package dev.troupe.testkit.experiment.report;

import org.jspecify.annotations.NullMarked;
