/// What a member decides about others before it works with them, and who waits for their answers.
@NullMarked
package dev.troupe.runtime.gateway.logic;

import org.jspecify.annotations.NullMarked;
