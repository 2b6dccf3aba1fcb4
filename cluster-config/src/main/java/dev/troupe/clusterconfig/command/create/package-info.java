/// Makes what somebody begins with: the project of a controller.
@NullMarked
package dev.troupe.clusterconfig.command.create;

import org.jspecify.annotations.NullMarked;
