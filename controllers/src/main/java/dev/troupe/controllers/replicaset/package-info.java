/// Keeps as many pods running as a replica set asks for.
@NullMarked
package dev.troupe.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
