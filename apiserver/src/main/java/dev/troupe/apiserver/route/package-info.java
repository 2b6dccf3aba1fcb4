/// Finds who answers a request: by path, verb, type and subresource.
@NullMarked
package dev.troupe.apiserver.route;

import org.jspecify.annotations.NullMarked;
