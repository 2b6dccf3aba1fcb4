/// What pods and their containers may do on the machine that they run on.
@NullMarked
package dev.troupe.resources.kind.security;

import org.jspecify.annotations.NullMarked;
