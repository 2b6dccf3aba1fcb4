/// What is seen of members from outside while an experiment runs: who has which partition, who is
/// ready, and what their logs tell of takeovers.
@NullMarked
package dev.troupe.testkit.experiment.observer;

import org.jspecify.annotations.NullMarked;
