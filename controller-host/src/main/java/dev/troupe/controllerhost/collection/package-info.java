/// The collections of an API server elsewhere, as controllers read, follow and write them.
@NullMarked
package dev.troupe.controllerhost.collection;

import org.jspecify.annotations.NullMarked;
