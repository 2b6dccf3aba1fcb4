/// The process that a member runs in: how it ends when it cannot go on, and how long its log gets.
@NullMarked
package dev.troupe.clusterconfig.process;

import org.jspecify.annotations.NullMarked;
