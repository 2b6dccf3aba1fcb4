/// What the members of one machine answer when they are asked how they are, and how it is shown.
@NullMarked
package dev.troupe.clusterconfig.command.status;

import org.jspecify.annotations.NullMarked;
