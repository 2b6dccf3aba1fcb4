/// Whether the caller may do what is asked.
@NullMarked
package dev.troupe.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
