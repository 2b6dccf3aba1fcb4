/// What a run leaves to people: its files, and the words for what came of it.
@NullMarked
package dev.troupe.testkit.experiment.outcome;

import org.jspecify.annotations.NullMarked;
