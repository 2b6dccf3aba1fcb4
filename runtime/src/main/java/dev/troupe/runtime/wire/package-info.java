/// What values are as bytes between members: numbers, texts and lists, and formats with versions
/// that are made of them.
@NullMarked
package dev.troupe.runtime.wire;

import org.jspecify.annotations.NullMarked;
