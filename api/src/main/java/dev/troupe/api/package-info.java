/// The vocabulary and the contract for controller authors.
@NullMarked
package dev.troupe.api;

import org.jspecify.annotations.NullMarked;
