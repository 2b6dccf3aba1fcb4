/// The HTTPS server: connections, limits, and the way of a request through the other rooms.
@NullMarked
package dev.troupe.apiserver.server;

import org.jspecify.annotations.NullMarked;
