/// Several members as real processes, for what only these can show: how they are started, killed,
/// frozen and cut off from each other.
@NullMarked
package dev.troupe.testkit.members;

import org.jspecify.annotations.NullMarked;
