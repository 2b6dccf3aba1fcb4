/// How a JVM takes part: the actor system, sharding, and the way in to the resources.
@NullMarked
package dev.troupe.runtime.member;

import org.jspecify.annotations.NullMarked;
