/// The conditions of a status: what holds of an object, since when, and why.
@NullMarked
package dev.troupe.api.controller.condition;

import org.jspecify.annotations.NullMarked;
