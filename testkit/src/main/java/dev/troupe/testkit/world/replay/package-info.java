/// The decisions of controllers in a world with what they were made on, so that each can be made
/// again and must come out the same.
@NullMarked
package dev.troupe.testkit.world.replay;

import org.jspecify.annotations.NullMarked;
