/// How a controller is asked: whom a change concerns, what is seen of an object, and what is
/// planned.
@NullMarked
package dev.troupe.runtime.controller.logic;

import org.jspecify.annotations.NullMarked;
