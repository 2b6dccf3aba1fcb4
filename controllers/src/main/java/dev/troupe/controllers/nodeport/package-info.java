/// Frees the node ports that no service uses any more.
@NullMarked
package dev.troupe.controllers.nodeport;

import org.jspecify.annotations.NullMarked;
