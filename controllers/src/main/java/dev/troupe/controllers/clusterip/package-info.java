/// Frees the cluster addresses that no service uses any more.
@NullMarked
package dev.troupe.controllers.clusterip;

import org.jspecify.annotations.NullMarked;
