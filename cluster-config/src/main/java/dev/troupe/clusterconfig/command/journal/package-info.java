/// Commands that show objects as they are and were, and what the log tells of them.
@NullMarked
package dev.troupe.clusterconfig.command.journal;

import org.jspecify.annotations.NullMarked;
