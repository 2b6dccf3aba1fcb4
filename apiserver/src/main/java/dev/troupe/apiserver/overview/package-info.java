/// What Troupe tells about itself: members, partitions, controllers.
@NullMarked
package dev.troupe.apiserver.overview;

import org.jspecify.annotations.NullMarked;
