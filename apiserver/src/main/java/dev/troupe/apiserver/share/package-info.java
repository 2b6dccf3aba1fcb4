/// How much of the server its callers may have at once: requests, and bytes that wait for them.
@NullMarked
package dev.troupe.apiserver.share;

import org.jspecify.annotations.NullMarked;
