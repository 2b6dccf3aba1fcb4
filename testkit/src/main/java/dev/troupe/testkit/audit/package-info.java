/// What clients saw of a server over its API, with times, and whether a server that keeps its word
/// could have shown it. Knows nothing of the server but what it promises.
@NullMarked
package dev.troupe.testkit.audit;

import org.jspecify.annotations.NullMarked;
