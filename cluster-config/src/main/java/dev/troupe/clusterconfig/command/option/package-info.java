/// Options that several commands have, and what they take.
@NullMarked
package dev.troupe.clusterconfig.command.option;

import org.jspecify.annotations.NullMarked;
