/// Asks the API of members: how they are, for a backup, and all that clients ask.
@NullMarked
package dev.troupe.clusterconfig.command.client;

import org.jspecify.annotations.NullMarked;
