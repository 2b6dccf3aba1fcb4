/// What members say to each other, as bytes: a hand-written format for each message, with a
/// manifest and a version of its own.
@NullMarked
package dev.troupe.runtime.gateway.format;

import org.jspecify.annotations.NullMarked;
