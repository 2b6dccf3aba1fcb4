/// A member as whoever starts it sees it.
@NullMarked
package dev.troupe.clusterconfig.member;

import org.jspecify.annotations.NullMarked;
