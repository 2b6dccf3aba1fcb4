/// Rolls a deployment's pod template out, replica set by replica set.
@NullMarked
package dev.troupe.controllers.deployment;

import org.jspecify.annotations.NullMarked;
