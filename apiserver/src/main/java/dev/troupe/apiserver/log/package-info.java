/// Logs of containers.
@NullMarked
package dev.troupe.apiserver.log;

import org.jspecify.annotations.NullMarked;
