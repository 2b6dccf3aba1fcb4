/// What a run says of each invariant: decided from what its clients and witnesses saw, and from
/// nothing else, so that a mistake can be put into it.
@NullMarked
package dev.troupe.testkit.experiment.verdict;

import org.jspecify.annotations.NullMarked;
