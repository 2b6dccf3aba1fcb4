/// A world of members with clocks of their own, between which links lose, delay, reorder, repeat
/// and cut, and a store that puts in order who is a member and who has a partition.
@NullMarked
package dev.troupe.testkit.world.cluster;

import org.jspecify.annotations.NullMarked;
