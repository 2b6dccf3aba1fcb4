/// What the author of a controller writes against: a pure function from an object, its view and a
/// cause to a plan.
@NullMarked
package dev.troupe.api.controller;

import org.jspecify.annotations.NullMarked;
