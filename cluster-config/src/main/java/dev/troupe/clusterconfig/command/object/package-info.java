/// Objects as they are and were: which are meant, and how they are shown.
@NullMarked
package dev.troupe.clusterconfig.command.object;

import org.jspecify.annotations.NullMarked;
