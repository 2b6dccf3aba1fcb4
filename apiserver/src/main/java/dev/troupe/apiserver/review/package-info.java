/// What callers ask about themselves.
@NullMarked
package dev.troupe.apiserver.review;

import org.jspecify.annotations.NullMarked;
