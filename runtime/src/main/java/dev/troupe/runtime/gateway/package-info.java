/// How members speak to each other.
@NullMarked
package dev.troupe.runtime.gateway;

import org.jspecify.annotations.NullMarked;
