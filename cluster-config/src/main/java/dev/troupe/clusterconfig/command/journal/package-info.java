/// What the log tells of objects, and what controllers have before them.
@NullMarked
package dev.troupe.clusterconfig.command.journal;

import org.jspecify.annotations.NullMarked;
