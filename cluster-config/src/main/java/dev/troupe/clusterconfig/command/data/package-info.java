/// The data directory that a command is about: what is where in it, who may use it, what is stored
/// there, and the sentence for a command that cannot do it.
@NullMarked
package dev.troupe.clusterconfig.command.data;

import org.jspecify.annotations.NullMarked;
