/// A world of controllers, whose hosts and objects are carried as their actors carry them.
@NullMarked
package dev.troupe.testkit.world.controller;

import org.jspecify.annotations.NullMarked;
