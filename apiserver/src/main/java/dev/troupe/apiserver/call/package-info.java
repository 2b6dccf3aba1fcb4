/// A request that may be carried out, and what carries it out.
@NullMarked
package dev.troupe.apiserver.call;

import org.jspecify.annotations.NullMarked;
