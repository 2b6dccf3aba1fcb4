/// A small stage on which controllers act: objects in memory, plans carried out at once.
@NullMarked
package dev.troupe.controllers.stage;

import org.jspecify.annotations.NullMarked;
