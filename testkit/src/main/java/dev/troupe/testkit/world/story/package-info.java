/// What has happened in a world, as it is told when something is not as expected.
@NullMarked
package dev.troupe.testkit.world.story;

import org.jspecify.annotations.NullMarked;
