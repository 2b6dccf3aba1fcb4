/// What nodes have, and which pods are on them.
@NullMarked
package dev.troupe.controllers.scheduling.node;

import org.jspecify.annotations.NullMarked;
