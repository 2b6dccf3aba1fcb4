/// What the one function of the write path is asked and answers: current object + mutation → object
/// to store, or a refusal.
@NullMarked
package dev.troupe.resources.mutation;

import org.jspecify.annotations.NullMarked;
