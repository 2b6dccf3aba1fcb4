/// What has happened to the objects of a collection since a position, read from the log.
@NullMarked
package dev.troupe.runtime.controller.recall;

import org.jspecify.annotations.NullMarked;
